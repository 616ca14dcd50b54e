// A plan with more or less work: the same as the native one, progress that can end it, and errors
// that say why.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { makeConsumer } from "./consumer.mjs";
import { firstDifference, native } from "./native.mjs";

/** Many services on many types: more than a little work can prove. */
const hard = JSON.stringify({
  services: Array.from({ length: 6 }, (_, at) => ({
    name: `service-${at}`,
    desiredCount: 5 + ((at * 37) % 40),
    taskDefinition: { cpu: 128 * (1 + ((at * 7) % 23)), memory: 256 * (1 + ((at * 11) % 37)) },
  })),
  capacity: "managedInstances",
});
let consumer;
let file;

before(() => {
  consumer = makeConsumer();
  file = join(consumer.folder, "hard.json");
  writeFileSync(file, hard);
});
after(() => consumer.remove());

/** Runs `body` with the module's functions and the hard scenario's `text`. */
function run(name, body) {
  return consumer.run(
    `${name}.mjs`,
    `import { plan, planJson } from "eniac/sync";
     const text = ${JSON.stringify(hard)};
     ${body}`,
  );
}

for (const work of ["quick", 2_000_000]) {
  test(`work ${work}: the report equals the native one`, () => {
    const expected = native("plan", file, "--json", "--work", `${work}`).replace(/\n$/, "");
    const told = run(
      `work-${work}`,
      `const options = { work: ${JSON.stringify(work)} };
       console.log(JSON.stringify([planJson(text, options), plan(JSON.parse(text), options)]));`,
    );
    assert.equal(firstDifference(expected, told[0]), null);
    assert.deepEqual(told[1], JSON.parse(expected));
  });
}

test("progress goes from no fleet to the report, and false ends it", () => {
  const { seen, cheapest, ended, calls } = run(
    "plan-progress",
    `const seen = [];
     const { cheapest } = plan(JSON.parse(text), {
       work: 2e6,
       onProgress: (now) => { seen.push(now); },
     });
     let calls = 0;
     const ended = plan(JSON.parse(text), {
       work: "thorough",
       onProgress: () => { calls += 1; return false; },
     }).cheapest;
     console.log(JSON.stringify({ seen, cheapest, ended, calls }));`,
  );
  assert.deepEqual(Object.keys(seen[0]).sort(), [
    "costNanoUsdPerHour",
    "lowerBoundNanoUsdPerHour",
    "work",
  ]);
  const cost = ({ fleet }) => fleet.cost.totalNanoUsdPerHour;
  assert.equal(seen.at(-1).costNanoUsdPerHour, cost(cheapest));
  assert.match(cheapest.proof, /^proven within [0-9.]+ % of the cheapest possible$/);
  assert.equal(cheapest.moreWorkMayHelp, true);
  assert.equal(calls, 1);
  assert.ok(ended.work < 60e6 && ended.moreWorkMayHelp && ended.fleet.instances > 0);
  assert.ok(ended.lowerBoundNanoUsdPerHour <= cost(cheapest));
});

test("options that are none are an error that says why", () => {
  const told = run(
    "options",
    `const told = [];
     for (const options of [7, "thorough", { work: "slow" }, { work: -1 }, { work: NaN },
       { work: {} }, { onProgress: 1 }, { effort: 1 },
       { work: 1000, onProgress: () => { throw new Error("from the caller"); } },
       undefined, null, {}, { work: null, onProgress: undefined }]) {
       try { planJson("{}", options); plan({}, options); told.push(""); }
       catch (error) { told.push(error.message); }
       if (options?.work !== 1000) continue;
       try { planJson(text, options); told.push(""); } catch (error) { told.push(error.message); }
     }
     console.log(JSON.stringify(told));`,
  );
  const says = [
    /^options: an object/,
    /^options: an object/,
    /^work: slow .* quick, thorough or/,
    /^work: -1/,
    /^work: NaN/,
    /^work: object/,
    /^onProgress: a function/,
    /^effort is no option/,
    /^$/, // Nothing is sought for no service, so nobody is told.
    /^from the caller$/,
    /^$/,
    /^$/,
    /^$/,
    /^$/,
  ];
  assert.equal(told.length, says.length);
  for (const [at, pattern] of says.entries()) assert.match(told[at], pattern);
});
