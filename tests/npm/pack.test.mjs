// Packing in the module: the same plan as the native command's, progress that can end it, and
// errors that say why.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { makeConsumer } from "./consumer.mjs";
import { native, root } from "./native.mjs";

const problems = ["tests/problems/every-rule.json", "benches/instances/m11.json"];
let consumer;

before(() => {
  consumer = makeConsumer();
});
after(() => consumer.remove());

/** Runs `body` with `pack`, and `text` and `problem` of the first of the problems. */
function run(name, body, problem = problems[0]) {
  return consumer.run(
    `${name}.mjs`,
    `import assert from "node:assert/strict";
     import { readFileSync } from "node:fs";
     import { pack } from "eniac/sync";
     const text = readFileSync(${JSON.stringify(join(root, problem))}, "utf8");
     const problem = JSON.parse(text);
     ${body}`,
  );
}

for (const [at, problem] of problems.entries()) {
  test(`${problem}: the plan equals the native one`, () => {
    const { milliseconds, peak_memory_bytes, ...expected } = JSON.parse(
      native("pack", join(root, problem), "--json", "--work", "20000000"),
    );
    assert.ok(milliseconds >= 0 && (peak_memory_bytes === undefined || peak_memory_bytes > 0));
    const answers = run(
      `plan-${at}`,
      `console.log(JSON.stringify([pack(problem, 2e7), pack(text, 2e7)]));`,
      problem,
    );
    assert.deepEqual(answers, [expected, expected]);
  });
}

test("progress goes from no fleet to the plan, and false ends it", () => {
  const told = run(
    "progress",
    `const seen = [];
     const plan = pack(problem, undefined, (progress) => { seen.push(progress); });
     const ended = pack(problem, null, () => false);
     let calls = 0;
     pack(problem, null, () => { calls += 1; return false; });
     console.log(JSON.stringify({ seen, plan, ended, calls }));`,
    problems[1],
  );
  const { seen, plan, ended, calls } = told;
  assert.ok(seen.length > 1);
  assert.deepEqual(Object.keys(seen[0]).sort(), ["cost_micro", "lower_bound_micro", "work"]);
  assert.equal(seen.at(-1).cost_micro, plan.cost_micro);
  for (const [at, progress] of seen.slice(1).entries()) {
    assert.ok(progress.work >= seen[at].work && progress.lower_bound_micro <= plan.cost_micro);
  }
  assert.ok(ended.work < plan.work && ended.cost_micro >= plan.cost_micro);
  assert.ok(ended.lower_bound_micro <= plan.cost_micro && ended.instances > 0);
  assert.equal(calls, 1);
});

test("what cannot be packed is an error that says why", () => {
  const told = run(
    "errors",
    `const told = [];
     const refused = (...given) => {
       try { pack(...given); told.push("accepted"); } catch (error) { told.push(error.message); }
     };
     refused();
     refused("{");
     refused(() => {});
     refused({ ...problem, azs: 99 });
     refused({ ...problem, services: [{ ...problem.services[0], cpu: NaN }] });
     refused({ ...problem, services: [{ ...problem.services[0], count: -1 }] });
     refused({ ...problem, types: [], anti_affinity: [] });
     refused(problem, -1);
     refused(problem, NaN);
     refused(problem, 1000, "what");
     refused(problem, 1000, () => { throw new Error("from the caller"); });
     console.log(JSON.stringify(told));`,
  );
  const says = [
    /no object/,
    /not JSON/,
    /no object/,
    /^azs: 99 .* 1 to 16/,
    /^cpu: NaN/,
    /^services\[0\]\.count: -1/,
    /no type holds even one task of web, db, train/,
    /^work: -1/,
    /^work: NaN/,
    /^onProgress/,
    /^from the caller$/,
  ];
  assert.equal(told.length, says.length);
  for (const [at, pattern] of says.entries()) assert.match(told[at], pattern);
});

test("a progress that packs something itself is no trouble", () => {
  const same = run(
    "nested",
    `const alone = pack(problem);
     let nested;
     const outer = pack(problem, undefined, () => { nested ??= pack(problem, 1000); });
     assert.deepEqual(outer, alone);
     console.log(JSON.stringify(nested.instances > 0));`,
  );
  assert.equal(same, true);
});
