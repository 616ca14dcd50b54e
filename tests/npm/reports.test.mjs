// The same scenario gives the same report from the module in Node as from the native command.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { makeConsumer } from "./consumer.mjs";
import { firstDifference, native, nativeReport, scenarios } from "./native.mjs";

const all = scenarios();
let consumer;

before(() => {
  consumer = makeConsumer();
});
after(() => consumer.remove());

const LOADERS = {
  "reports.mjs": `import { readFileSync } from "node:fs"; import { planJson } from "eniac/sync";`,
  "reports.cjs": `const { readFileSync } = require("node:fs"); const { planJson } = require("eniac/sync");`,
};

test("there are golden scenarios", () => assert.ok(all.length > 0));

for (const [file, loader] of Object.entries(LOADERS)) {
  test(`${file}: each report equals the native one`, () => {
    const files = JSON.stringify(all.map((scenario) => scenario.file));
    const reports = consumer.run(
      file,
      `${loader}
       const reports = ${files}.map((file) => planJson(readFileSync(file, "utf8")));
       console.log(JSON.stringify(reports));`,
    );
    for (const [at, scenario] of all.entries()) {
      assert.equal(firstDifference(nativeReport(scenario), reports[at]), null, scenario.name);
    }
  });
}

test("the schema equals the native one", () => {
  const schema = consumer.run(
    "schema.mjs",
    `import { schema } from "eniac/sync";
     const told = schema();
     console.log(typeof told === "string" ? told : JSON.stringify(told));`,
  );
  assert.deepEqual(schema, JSON.parse(native("schema")));
});

test("plan(scenario) gives the data of planJson(text)", () => {
  const [one] = all;
  const same = consumer.run(
    "values.mjs",
    `import assert from "node:assert/strict";
     import { readFileSync } from "node:fs";
     import { plan, planJson } from "eniac/sync";
     const text = readFileSync(${JSON.stringify(one.file)}, "utf8");
     assert.deepEqual(JSON.parse(JSON.stringify(plan(JSON.parse(text)))), JSON.parse(planJson(text)));
     console.log("true");`,
  );
  assert.equal(same, true);
});

test("text that is no scenario is an error that says why", () => {
  const told = consumer.run(
    "errors.mjs",
    `import { planJson } from "eniac/sync";
     const told = ["", "{", "[]", "null", "1e999", "\\u0000"].map((text) => {
       try { planJson(text); return "accepted"; } catch (error) { return String(error.message ?? error); }
     });
     console.log(JSON.stringify(told));`,
  );
  for (const message of told) {
    assert.notEqual(message, "accepted");
    assert.ok(message.length > 10 && !/unreachable|panicked/.test(message), message);
  }
});
