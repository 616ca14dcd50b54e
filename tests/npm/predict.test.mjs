// What the module predicts: the same bytes as the native command, parts and options, and that each
// proposal keeps its promise.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { built, makeConsumer } from "./consumer.mjs";
import { firstDifference, native, scenarios } from "./native.mjs";

const all = scenarios();
const PARTS = {
  fleets: ["predicted", "cheapest"],
  range: ["range"],
  sensitivity: ["sensitivity"],
  advice: ["advice"],
  whatIfs: ["whatIfs"],
  tightenings: ["tightenings"],
  deployment: ["deployment"],
  comparison: ["comparison"],
  group: ["group"],
  taskSizes: ["taskSizes"],
};
let consumer;

before(() => {
  consumer = makeConsumer();
});
after(() => consumer.remove());

/** What `expression` makes of each of the scenarios `texts`, in their order. */
function each(name, texts, expression) {
  const file = join(consumer.folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(texts));
  return consumer.run(
    `${name}.mjs`,
    `import { readFileSync } from "node:fs";
     import { plan, predict, predictJson } from "eniac/sync";
     const texts = JSON.parse(readFileSync(${JSON.stringify(file)}, "utf8"));
     console.log(JSON.stringify(texts.map((text) => ${expression})));`,
  );
}

const texts = all.map(({ text }) => text);

test("each outlook equals the native one, byte for byte", () => {
  const outlooks = each("outlooks", texts, "predictJson(text)");
  for (const [at, { name, file }] of all.entries()) {
    const expected = native("predict", file, "--json").replace(/\n$/, "");
    assert.equal(firstDifference(expected, outlooks[at]), null, name);
  }
});

test("predict(scenario) gives the data of predictJson(text)", () => {
  const pairs = each("pairs", texts, "[predict(JSON.parse(text)), JSON.parse(predictJson(text))]");
  for (const [at, [values, text]] of pairs.entries()) {
    assert.deepEqual(values, text, all[at].name);
  }
});

test("a part alone is that part of the whole, and the others are null", () => {
  const words = JSON.stringify(Object.keys(PARTS));
  const told = each(
    "parts",
    texts,
    `[predict(JSON.parse(text)), ${words}.map((part) => predict(JSON.parse(text), { parts: [part] }))]`,
  );
  for (const [at, [whole, parts]] of told.entries()) {
    for (const [place, [part, fields]] of Object.entries(PARTS).entries()) {
      for (const field of Object.values(PARTS).flat()) {
        if (!fields.includes(field)) assert.equal(parts[place][field], null, `${part}: ${field}`);
        else assert.deepEqual(parts[place][field], whole[field], `${all[at].name}: ${field}`);
      }
    }
  }
});

test("progress is told for the fleets alone, and false ends the search", () => {
  const [{ some, none, ended }] = each(
    "progress",
    [all.find(({ name }) => name === "managed-a-shop").text],
    `((calls) => {
       const onProgress = (now) => { calls += 1; return now.work < 0; };
       const { cheapest } = predict(JSON.parse(text), { parts: ["fleets"], onProgress });
       const some = calls;
       predict(JSON.parse(text), { parts: ["range"], onProgress });
       return { some, none: calls - some, ended: cheapest };
     })(0)`,
  );
  assert.equal(some, 1);
  assert.equal(none, 0);
  assert.ok(ended.fleet.instances > 0);
});

test("options that are none are an error that says why", () => {
  const told = consumer.run(
    "predict-options.mjs",
    `import { plan, predict, predictJson } from "eniac/sync";
     const told = [];
     const say = (what) => {
       try { what(); told.push(""); } catch (error) { told.push(error.message); }
     };
     for (const options of [7, { parts: "range" }, { parts: ["ranges"] }, { parts: [1] },
       { parts: { 0: "range" } }, { work: "slow" }, { work: -1 }, { onProgress: 1 },
       { part: ["range"] }, undefined, null, {}, { parts: null }, { parts: [] },
       { parts: ["range", "range"] }]) {
       say(() => { predictJson("{}", options); });
       say(() => { predict({}, options); });
     }
     say(() => { plan({}, { parts: ["range"] }); });
     say(() => { predictJson("{"); });
     say(() => { predict([]); });
     console.log(JSON.stringify(told));`,
  );
  const says = [
    /^options: an object is needed, with parts, work and onProgress$/,
    /^parts: a list of words/,
    /^parts: ranges stands here: one of fleets, range, .*taskSizes is needed$/,
    /^parts: a list of words/,
    /^parts: a list of words/,
    /^work: slow .* quick, thorough or/,
    /^work: -1/,
    /^onProgress: a function/,
    /^part is no option: there are parts, work and onProgress$/,
    ...Array(6).fill(/^$/),
  ].flatMap((pattern) => [pattern, pattern]);
  says.push(/^parts is no option: there are work and onProgress$/, /not JSON/, /not an object/);
  assert.equal(told.length, says.length);
  for (const [at, pattern] of says.entries()) assert.match(told[at], pattern);
});

/** Sets the field at a path such as `services[0].taskDefinition.cpu`; null takes it away. */
function set(scenario, path, value) {
  const steps = path.match(/[^.[\]]+/g);
  const last = steps.pop();
  let at = scenario;
  for (const step of steps) {
    // A kind of capacity without settings is written as its name alone.
    if (typeof at[step] === "string") at[step] = { [at[step]]: {} };
    at = at[step] ??= {};
  }
  if (value === null) delete at[last];
  else at[last] = value;
}

/** Everything in an outlook that promises a fleet for changes. */
function promises({ whatIfs, tightenings, taskSizes }) {
  const sizes = (taskSizes ?? []).flatMap(({ service, memory, cpu }) => [
    { name: `memory of ${service}`, ...memory.better },
    { name: `CPU of ${service}`, ...cpu.better },
  ]);
  const settings = (whatIfs ?? []).map((whatIf) => ({ name: whatIf.code, ...whatIf }));
  const tighter = (tightenings ?? []).map((it) => ({ name: it.kind, ...it }));
  return [...settings, ...tighter, ...sizes].filter(({ changes }) => changes?.length > 0);
}

test("what a proposal promises comes out when its changes are made", () => {
  const parts = `{ parts: ["whatIfs", "tightenings", "taskSizes"] }`;
  const outlooks = each("proposals", texts, `predict(JSON.parse(text), ${parts})`);
  const promised = outlooks.flatMap((outlook, at) =>
    promises(outlook).map((promise) => {
      const scenario = JSON.parse(all[at].text);
      for (const { path, after } of promise.changes) set(scenario, path, after);
      return { name: `${all[at].name}: ${promise.name}`, fleet: promise.fleet, scenario };
    }),
  );
  assert.ok(promised.length > 100, `${promised.length} proposals`);
  const kept = each(
    "kept",
    promised.map(({ scenario }) => JSON.stringify(scenario)),
    `predict(JSON.parse(text), { parts: ["fleets"], work: 0 }).predicted?.fleet ?? null`,
  );
  for (const [at, { name, fleet }] of promised.entries()) {
    const found = kept[at] ?? { mix: [], cost: { totalNanoUsdPerHour: 0 } };
    assert.deepEqual(found.mix, fleet.mix, name);
    assert.equal(found.cost.totalNanoUsdPerHour, fleet.cost.totalNanoUsdPerHour, name);
  }
});

test("the examples of the README run and print what they say", () => {
  const readme = readFileSync(join(built, "README.md"), "utf8");
  const examples = [...readme.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code);
  assert.ok(examples.length >= 3);
  const printed = examples.map((code, at) =>
    consumer.run(
      `readme-${at}.mjs`,
      `import { inspect } from "node:util";
       const print = console.log;
       const told = [];
       console.log = (...values) => {
         const text = (value) => typeof value === "string" ? value : inspect(value, { depth: 9 });
         told.push(values.map(text).join(" "));
       };
       ${code}
       print(JSON.stringify(told));`,
    ),
  );
  for (const [at, code] of examples.entries()) {
    // Figures are cut where the README has an ellipsis.
    const says = [...code.matchAll(/^\/\/ (.*)$/gm)].map(([, line]) => line.split("…")[0]);
    for (const [line, said] of says.entries()) {
      assert.ok(printed[at][line].startsWith(said), `${printed[at][line]} begins with ${said}`);
    }
  }
});
