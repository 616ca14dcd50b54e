// The declared types, as a TypeScript project in strict mode sees them.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import ts from "typescript";

import { makeConsumer } from "./consumer.mjs";

let consumer;

before(() => {
  consumer = makeConsumer();
});
after(() => consumer.remove());

/** What the compiler says of `source`, under the module system `module`. */
function complaints(name, source, module) {
  const file = join(consumer.folder, name);
  writeFileSync(file, source);
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.esnext.disposable.d.ts"],
    types: [],
    ...module,
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map((told) => `${told.file?.fileName}: ${ts.flattenDiagnosticMessageText(told.messageText, " ")}`);
}

const NODE = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
const BUNDLER = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
};

const USE = `
  const scenario: Scenario = example();
  const report: Report = plan(scenario);
  const text: string = planJson(JSON.stringify(scenario));
  const names: string[] = regions();
  const problem: PackingProblem = {
    schema: 1,
    services: [{ id: "web", count: 2, cpu: 256, mem: 512, arch: ["arm64"], spread: true }],
    types: [{ name: "own", arch: "arm64", cpu: 2048, mem: 7577, price_micro: 81600 }],
  };
  const answer: PackingAnswer = pack(problem, 1e6, ({ work, cost_micro }) => {
    return work < 1e5 || cost_micro === null;
  });
  const longer: Report = plan(scenario, { work: "thorough", onProgress: (now: PlanProgress) => {
    return now.costNanoUsdPerHour === null || now.work < 1e5;
  } });
  const options: PlanOptions = { work: 1e6 };
  const proof: string = JSON.parse(planJson(text, options)).cheapest.proof;
  const mayHelp: boolean | undefined = longer.cheapest?.moreWorkMayHelp;
  const counts: number | undefined = answer.fleet[0]?.tasks["web"];
  const parts: OutlookPart[] = ["fleets", "range", "sensitivity", "advice", "whatIfs",
    "tightenings", "deployment", "comparison", "group", "taskSizes"];
  const asked: PredictOptions = { parts, work: 1e6, onProgress: ({ work }) => work < 1e5 };
  const outlook: Outlook = predict(scenario, asked);
  const whole: Outlook = JSON.parse(predictJson(text, null));
  const changes: Change[] = outlook.whatIfs?.flatMap((whatIf) => whatIf.changes) ?? [];
  const after: unknown = changes[0]?.after;
  const path: string | undefined = outlook.taskSizes?.[0]?.memory.better?.changes[0]?.path;
  const dearest: number | undefined = whole.range?.dearest.cost.totalNanoUsdPerHour;
  const within: boolean | undefined = whole.tightenings?.[0]?.withinTolerance;
  const peak: number | undefined = whole.deployment?.peak.instances;
  const growth: (number | null | undefined)[] | undefined =
    whole.comparison?.growth[0]?.totalNanoUsdPerHour;
  const severity: "error" | "warning" | "note" | undefined = whole.advice?.[0]?.severity;
  const sure: boolean | undefined = whole.sensitivity?.sure;
  const single: string[] | undefined = whole.group?.single[0]?.instanceTypes;
  const placed: PlacementReport = place(scenario);
  const unplaced: number | undefined = placed.services[0]?.unplaced;
  const waits: "provisioning" | "fails" | undefined = placed.services[0]?.waiting;
  const host: string | null | undefined = placed.decisions[0]?.instance;
  const left: number = JSON.parse(placeJson(text)).containerInstances[0].remaining.memoryMib;
  const when: SimulateOptions = { snapshotAt: 20 };
  const timeline: Timeline = simulate(scenario, when);
  const points: [number, number][] | undefined = timeline.groups[0]?.reservationPerMille;
  const kind: EventKind | undefined = timeline.events[0]?.kind;
  const shown: PlacedInstance[] | undefined = timeline.snapshot?.containerInstances;
  const again: Timeline = JSON.parse(simulateJson(text, null));
  const stories: Preset[] = presets();
  const told: number | null | undefined = stories[0]?.told[0]?.instances;
  export { single, unplaced, waits, host, left, points, kind, shown, again, told };
  export { report, text, names, counts, proof, mayHelp };
  export { after, path, dearest, within, peak, growth, severity, sure };
`;
const NAMES = `example, pack, place, placeJson, plan, planJson, predict, predictJson, presets, regions,
  simulate, simulateJson, type Change, type EventKind, type Outlook, type OutlookPart,
  type PackingAnswer, type PackingProblem, type PlacedInstance, type PlacementReport,
  type PlanOptions, type PlanProgress, type PredictOptions, type Preset, type Report, type Scenario,
  type SimulateOptions, type Timeline`;

for (const [file, module] of [
  ["node.mts", NODE],
  ["bundler.ts", BUNDLER],
]) {
  test(`${file}: the module can be used as its types say`, () => {
    const source = `
      import { ${NAMES} } from "eniac/sync";
      ${USE}`;
    assert.deepEqual(complaints(file, source, module), []);
  });

  test(`${file}: the web flavour starts, then plans`, () => {
    const source = `
      import init, { ${NAMES} } from "eniac/web";
      await init();
      ${USE}`;
    assert.deepEqual(complaints(`web-${file}`, source, module), []);
  });

  test(`${file}: the package can be used as its types say`, () => {
    const source = `
      import * as eniac from "eniac";
      import { EniacError, exportScenario, importFiles, link, openLink, pack, plan, predict, simulate,
        type Exported, type Import, type Link, type PackingAnswer, type Outlook, type Report,
        type Scenario, type Timeline } from "eniac";
      import { asOf, instanceTypes, region, zones } from "eniac/catalog/eu-central-1";
      const scenario: Scenario = await eniac.example();
      const report: Report = await plan(scenario, { work: "quick" });
      const again: Report = await plan(JSON.stringify(scenario));
      const outlook: Outlook = await predict(scenario, { parts: ["range"] });
      const timeline: Timeline = await simulate(scenario, { snapshotAt: 3 });
      const packed: PackingAnswer = await pack("{}", { work: 5, onProgress: ({ work }) => work < 3 });
      const imported: Import = await importFiles(
        [{ name: "main.tf", text: "" }, { name: "a.json", bytes: new Uint8Array() }, new File([], "b")],
        { answers: { cpu: "512" } });
      const same: Import = await eniac.import(["{}"]);
      const asked: string | undefined = imported.questions[0]?.expression;
      const terraform: Exported = await exportScenario(scenario, { format: "terraform" });
      const changes: Exported = await eniac.export(scenario, { format: "markdown", against: "{}" });
      const lost: string | undefined = terraform.notCarried[0]?.because;
      const { fragment, isSafe }: Link = await link(scenario);
      const opened: Scenario = await openLink(fragment);
      const price: number | null | undefined = instanceTypes[0]?.onDemandNanoUsdPerHour;
      const where: string = region + zones.join() + (asOf[0]?.source ?? "");
      const failed: boolean = new Error() instanceof EniacError;
      export { report, again, outlook, timeline, packed, same, asked, changes, lost, isSafe, opened };
      export { price, where, failed };`;
    assert.deepEqual(complaints(`package-${file}`, source, module), []);
    const wrong = `
      import { exportScenario, importFiles, plan } from "eniac";
      await plan(3);
      await importFiles(3);
      await exportScenario({}, { format: "docx" });
      await exportScenario({}, { format: "csv", against: {} });`;
    assert.equal(complaints(`package-wrong-${file}`, wrong, module).length, 4);
  });

  test(`${file}: what is no scenario is refused by the compiler`, () => {
    const source = `
      import { pack, place, plan, predict, simulate } from "eniac/sync";
      plan({ services: "many" });
      plan("text");
      pack({ services: [], types: [] });
      pack("{}", "many");
      plan({}, { work: "long" });
      plan({}, { parts: ["range"] });
      predict({}, { parts: ["ranges"] });
      predict("{}");
      place("{}");
      place({}, {});
      simulate({}, { snapshotAt: "noon" });
      simulate({}, { at: 3 });`;
    assert.ok(complaints(`wrong-${file}`, source, module).length >= 12);
  });
}
