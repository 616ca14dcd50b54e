// How long an outlook takes in wasm, part by part: `node benches/outlook.mjs [SCENARIO] [RUNS]`,
// after `cargo xtask build`. Without a scenario it takes ten services on every type of a region,
// benches/outlook.json. Prints the median of the runs in one process, and the first, cold run.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const [file = here("outlook.json"), runs = "9"] = process.argv.slice(2);
const { initSync, predictJson } = await import(new URL("../dist/site/www/planner/eniac_wasm.js", import.meta.url));
const started = performance.now();
initSync({ module: readFileSync(here("../dist/site/www/planner/eniac_wasm_bg.wasm")) });
console.log(`opened in ${Math.round(performance.now() - started)} ms`);
const scenario = readFileSync(file, "utf8");

/** What the page asks for, and the planner's budget for the cheapest fleet. */
const PARTS = ["fleets", "range", "sensitivity", "advice", "whatIfs", "tightenings", "deployment", "comparison", "group", "taskSizes"];
const WITHOUT_SIZES = PARTS.filter((part) => part !== "taskSizes");

const took = (parts) => {
  const begun = performance.now();
  predictJson(scenario, { parts });
  return performance.now() - begun;
};
const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
const row = (name, parts) => {
  const times = Array.from({ length: Number(runs) }, () => took(parts));
  console.log(`${name.padEnd(28)} ${median(times).toFixed(1).padStart(8)} ms   first ${times[0].toFixed(1).padStart(8)} ms`);
};

row("all but taskSizes", WITHOUT_SIZES);
for (const part of PARTS) row(part, [part]);
row("all", PARTS);
