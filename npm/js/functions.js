// The functions of the package, the same in Node, in bundlers and in plain pages. Importing this
// does nothing: the planner is loaded when it is first asked, and what reads and writes other tools'
// formats when that is first asked.

import { EniacError } from "./error.js";
import { interop, planner, told } from "./load.js";

export { EniacError };

/** An object or JSON text as JSON text. */
function textOf(value, what) {
  if (typeof value === "string") return value;
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  throw new EniacError(`${what}: an object or JSON text is needed`);
}

/** Runs one of the planner's functions, with its options watched. */
async function ask(options, run) {
  const module = await planner();
  return told(options, (watched) => run(module, watched));
}

/** A scenario as the planner takes it: an object as it is, or JSON text read. */
function scenarioOf(scenario) {
  if (typeof scenario === "object" && scenario !== null) return scenario;
  const text = textOf(scenario, "scenario");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new EniacError(`scenario: this is no JSON: ${error.message}`, { cause: error });
  }
}

export async function plan(scenario, options) {
  const given = scenarioOf(scenario);
  return ask(options, (module, watched) => module.plan(given, watched));
}

export async function predict(scenario, options) {
  const given = scenarioOf(scenario);
  return ask(options, (module, watched) => module.predict(given, watched));
}

export async function simulate(scenario, options) {
  const given = scenarioOf(scenario);
  return ask(options, (module, watched) => module.simulate(given, watched));
}

export async function place(scenario) {
  const given = scenarioOf(scenario);
  return ask(undefined, (module) => module.place(given));
}

export async function pack(problem, options) {
  return ask(options, (module, watched) =>
    module.pack(problem, watched?.work ?? undefined, watched?.onProgress ?? undefined),
  );
}

export async function catalog(instanceType, region) {
  return ask(undefined, (module) => module.catalog(instanceType, region));
}

export async function regions() {
  return ask(undefined, (module) => module.regions());
}

export async function presets() {
  return ask(undefined, (module) => module.presets());
}

export async function example() {
  return ask(undefined, (module) => module.example());
}

export async function schema() {
  return ask(undefined, (module) => module.schema());
}

/** A file as the importers take it: with text, or with bytes as a Uint8Array. */
async function fileOf(file, index) {
  if (typeof file === "string") return { name: `file ${index + 1}`, text: file };
  // A browser's File or Blob.
  if (typeof file?.arrayBuffer === "function") {
    const name = file.name ?? `file ${index + 1}`;
    return { name, bytes: new Uint8Array(await file.arrayBuffer()) };
  }
  if (file?.bytes instanceof ArrayBuffer) return { ...file, bytes: new Uint8Array(file.bytes) };
  return file;
}

export async function importFiles(files, settings) {
  const list = typeof files?.[Symbol.iterator] === "function" ? [...files] : undefined;
  if (list === undefined || typeof files === "string") {
    throw new EniacError("files: a list of {name, text}, {name, bytes} or File is needed");
  }
  const read = await Promise.all(list.map(fileOf));
  const module = await interop();
  return told(undefined, () => module.importFiles(read, settings));
}

const OF_THE_PLAN = ["csv", "markdown", "json"];
const MEDIA_TYPES = { csv: "text/csv", markdown: "text/markdown", json: "application/json" };
const FILE_NAMES = { csv: "plan.csv", markdown: "plan.md", json: "plan.json" };

export async function exportScenario(scenario, options) {
  const { format, against, ...rest } = options ?? {};
  if (typeof format !== "string") {
    throw new EniacError('format: a word is needed: { format: "terraform" }, for one');
  }
  const text = textOf(scenario, "scenario");
  if (!OF_THE_PLAN.includes(format)) {
    const unknown = [...Object.keys(rest), ...(against === undefined ? [] : ["against"])];
    if (unknown.length > 0) throw new EniacError(`${unknown[0]} is no option of ${format}`);
    const module = await interop();
    return told(undefined, () => JSON.parse(module.exportJson(text, format)));
  }
  if (against !== undefined && format !== "markdown") {
    throw new EniacError("against belongs to markdown: no other format says what changes");
  }
  const planned = (given) => ask(rest, (module, watched) => module.planJson(given, watched));
  const report = await planned(text);
  const finished = (written) => ({
    format,
    fileName: FILE_NAMES[format],
    mediaType: MEDIA_TYPES[format],
    text: written,
    notCarried: [],
  });
  if (format === "json") return finished(`${report}\n`);
  const before = against === undefined ? undefined : await planned(textOf(against, "against"));
  const module = await interop();
  return told(undefined, () => finished(module.exportPlan(report, format, before)));
}

export async function link(scenario) {
  const text = textOf(scenario, "scenario");
  const module = await interop();
  return told(undefined, () => module.linkOf(text));
}

export async function openLink(given) {
  const module = await interop();
  return told(undefined, () => JSON.parse(module.scenarioOf(String(given))));
}

// The terminal command's words, which JavaScript allows as names of exports only.
export { importFiles as import, exportScenario as export };
