// The package's own functions, as Node imports and requires them: the same answers as the terminal
// command's, errors that say what is wrong, and no module loaded before it is needed.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { makeConsumer } from "./consumer.mjs";
import { firstDifference, native, scenarios } from "./native.mjs";

let consumer;

before(() => {
  consumer = makeConsumer();
});
after(() => consumer.remove());

const scenario = scenarios().find(({ name }) => name === "managed-a-shop");

for (const [name, load] of [
  ["functions.mjs", 'import * as eniac from "eniac";'],
  ["functions.cjs", 'const eniac = require("eniac");'],
]) {
  test(`${name}: every export is what the terminal command writes`, () => {
    const formats = ["cli", "csv", "markdown", "services-csv", "terraform"];
    const told = consumer.run(
      name,
      `${load}
       (async () => {
         const text = ${JSON.stringify(scenario.text)};
         const files = [{ name: "scenario.json", text }];
         const { scenario } = await eniac.import(files);
         const exported = {};
         for (const format of ${JSON.stringify(formats)}) {
           exported[format] = (await eniac.export(scenario, { format })).text;
         }
         const report = (await eniac.export(text, { format: "json" })).text;
         const { fragment } = await eniac.link(scenario);
         const opened = await eniac.openLink(fragment);
         const plans = [await eniac.plan(opened), await eniac.plan(scenario)];
         const again = await eniac.import([new File([text], "a.json")]);
         console.log(JSON.stringify({ exported, report, scenario, plans, again: again.scenario }));
       })();`,
    );
    for (const format of ["csv", "markdown", "cli", "services-csv"]) {
      const expected = native("export", scenario.file, "--format", format);
      assert.equal(firstDifference(expected, told.exported[format]), null, format);
    }
    assert.match(told.exported.terraform, /resource "aws_ecs_service"/);
    assert.equal(firstDifference(native("plan", scenario.file, "--json"), told.report), null);
    // A link leaves out what goes without saying.
    assert.deepEqual(told.plans[0], told.plans[1]);
    assert.deepEqual(told.again, told.scenario);
  });
}

test("what cannot be done is rejected with an EniacError that says why", () => {
  const told = consumer.run(
    "errors.mjs",
    `import * as eniac from "eniac";
     const wrong = {
       noScenario: () => eniac.plan(3),
       noJson: () => eniac.plan("{"),
       noOption: () => eniac.plan({}, { speed: 3 }),
       noType: () => eniac.catalog("t9.huge", "us-east-1"),
       noFiles: () => eniac.import("main.tf"),
       noBytes: () => eniac.import([{ name: "a" }]),
       noFormat: () => eniac.export({}, {}),
       unknownFormat: () => eniac.export({}, { format: "docx" }),
       against: () => eniac.export({}, { format: "csv", against: {} }),
       noLink: () => eniac.openLink("nothing"),
     };
     const told = {};
     for (const [name, run] of Object.entries(wrong)) {
       told[name] = await run().then(
         () => "it went well",
         (error) => (error instanceof eniac.EniacError ? error.message : "another error"),
       );
     }
     console.log(JSON.stringify(told));`,
  );
  const expected = {
    noScenario: /scenario: an object or JSON text is needed/,
    noJson: /scenario: this is no JSON/,
    noOption: /speed is no option/,
    noType: /t9\.huge/,
    noFiles: /files: a list/,
    noBytes: /files\[0\]: bytes/,
    noFormat: /format: a word is needed/,
    unknownFormat: /format: .*docx.*terraform/s,
    against: /against belongs to markdown/,
    noLink: /link/,
  };
  for (const [name, message] of Object.entries(expected)) assert.match(told[name], message, name);
});

test("what onProgress throws is thrown as it is, and the next plan goes well", () => {
  const told = consumer.run(
    "progress.mjs",
    `import { example, plan } from "eniac";
     const own = new RangeError("enough");
     const scenario = await example();
     const thrown = await plan(scenario, { onProgress: () => { throw own; } }).catch((it) => it);
     const { predicted } = await plan(scenario);
     console.log(JSON.stringify([thrown === own, predicted !== null]));`,
  );
  assert.deepEqual(told, [true, true]);
});

test("a region's module has what the catalogue says", () => {
  const told = consumer.run(
    "region.mjs",
    `import { catalog } from "eniac";
     import { asOf, instanceTypes, region, zones } from "eniac/catalog/us-east-1";
     const of = {};
     for (const name of ["t4g.small", "m7i.large", "p5.48xlarge"]) {
       of[name] = [instanceTypes.find((it) => it.name === name), await catalog(name, region)];
     }
     console.log(JSON.stringify({ of, region, zones, asOf, count: instanceTypes.length }));`,
  );
  assert.equal(told.region, "us-east-1");
  assert.ok(told.count > 500 && told.zones.length >= 6 && told.asOf.length > 0);
  for (const [row, { instanceType, offer }] of Object.values(told.of)) {
    assert.deepEqual(row, {
      name: instanceType.name,
      vcpu: instanceType.vcpu,
      memoryMib: instanceType.memory,
      architectures: instanceType.architectures,
      maxEnis: instanceType.maxEnis,
      awsvpcTasks: instanceType.awsvpcTasks,
      awsvpcTasksTrunked: instanceType.awsvpcTasksTrunked,
      ...offer,
    });
  }
});
