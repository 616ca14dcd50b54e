// Placement, timelines and stories in the module: the same bytes as the native command, options, and
// errors that say why.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { makeConsumer } from "./consumer.mjs";
import { firstDifference, native, scenarios } from "./native.mjs";

let consumer;
/** The golden scenarios and those of the stories, as { name, file, text }. */
let all;

before(() => {
  consumer = makeConsumer();
  const stories = consumer.run(
    "stories.mjs",
    `import { presets } from "eniac/sync"; console.log(JSON.stringify(presets()));`,
  );
  const ofStories = stories.map(({ id, scenario }) => {
    const file = join(consumer.folder, `${id}.json`);
    writeFileSync(file, scenario);
    return { name: id, file, text: scenario };
  });
  all = [...scenarios(), ...ofStories];
});
after(() => consumer.remove());

/** What `expression` makes of each scenario's `text`, in their order. */
function each(name, expression) {
  const file = join(consumer.folder, `${name}-texts.json`);
  writeFileSync(file, JSON.stringify(all.map(({ text }) => text)));
  return consumer.run(
    `${name}.mjs`,
    `import { readFileSync } from "node:fs";
     import { place, placeJson, simulate, simulateJson } from "eniac/sync";
     const texts = JSON.parse(readFileSync(${JSON.stringify(file)}, "utf8"));
     console.log(JSON.stringify(texts.map((text) => ${expression})));`,
  );
}

for (const [command, expression, ...options] of [
  ["place", "placeJson(text)"],
  ["simulate", "simulateJson(text)"],
  ["simulate", "simulateJson(text, { snapshotAt: 47 })", "--at", "47"],
]) {
  test(`${expression} equals the native one, byte for byte`, () => {
    const told = each(`${command}-${options.length}`, expression);
    for (const [at, { name, file }] of all.entries()) {
      const expected = native(command, file, "--json", ...options).replace(/\n$/, "");
      assert.equal(firstDifference(expected, told[at]), null, name);
    }
  });
}

test("objects give the data of their texts, and the same again", () => {
  const told = each(
    "objects",
    `[place(JSON.parse(text)), JSON.parse(placeJson(text)),
      simulate(JSON.parse(text), { snapshotAt: 9 }), JSON.parse(simulateJson(text, { snapshotAt: 9 })),
      simulateJson(text) === simulateJson(text, {})]`,
  );
  for (const [at, [placed, placedText, timeline, timelineText, same]] of told.entries()) {
    assert.deepEqual(placed, placedText, all[at].name);
    assert.deepEqual(timeline, timelineText, all[at].name);
    assert.ok(same, all[at].name);
  }
});

test("every story has its scenario, and is the one that the command prints", () => {
  const stories = all.filter(({ file }) => file.startsWith(consumer.folder));
  assert.ok(stories.length >= 8);
  for (const { name, text } of stories) assert.equal(native("example", name), text, name);
});

test("options that are none are an error that says why", () => {
  const told = consumer.run(
    "simulate-options.mjs",
    `import { place, placeJson, simulate, simulateJson } from "eniac/sync";
     const told = [];
     const say = (what) => {
       try { what(); told.push(""); } catch (error) { told.push(error.message); }
     };
     for (const options of [7, () => {}, { snapshotAt: "noon" }, { snapshotAt: 1.5 },
       { snapshotAt: -1 }, { snapshotAt: NaN }, { snapshotAt: 10081 }, { at: 3 }, { work: 1 },
       undefined, null, {}, { snapshotAt: null }, { snapshotAt: 0 }, { snapshotAt: 10080 }]) {
       say(() => { simulateJson("{}", options); });
       say(() => { simulate({}, options); });
     }
     say(() => { simulateJson("{"); });
     say(() => { simulate([]); });
     say(() => { placeJson('{"version": 9}'); });
     say(() => { place("{}"); });
     console.log(JSON.stringify(told));`,
  );
  const says = [
    /^options: an object is needed, with snapshotAt$/,
    /^options: an object is needed/,
    /^snapshotAt: a number of minutes is needed$/,
    /^snapshotAt: 1\.5 stands here: a whole minute from 0 to 10080 is needed$/,
    /^snapshotAt: -1 stands/,
    /^snapshotAt: NaN stands/,
    /^snapshotAt: 10081 stands/,
    /^at is no option: there is snapshotAt$/,
    /^work is no option: there is snapshotAt$/,
    ...Array(6).fill(/^$/),
  ].flatMap((pattern) => [pattern, pattern]);
  says.push(/not JSON/, /not an object/, /version/, /not an object/);
  assert.equal(told.length, says.length);
  for (const [at, pattern] of says.entries()) assert.match(told[at], pattern);
});
