// Packs one problem with the built module, as a page would, several times: a line of JSON for each
// run. `node wasm.mjs MODULE_FOLDER PROBLEM RUNS [WORK]`; `cargo xtask bench --wasm` calls it.
//
// One process for one problem: wasm memory never shrinks, so its size at the end is the most that
// was needed.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, file, runs, work] = process.argv.slice(2);
const { initSync, pack } = await import(pathToFileURL(join(folder, "eniac_wasm.js")));
const { memory } = initSync({ module: readFileSync(join(folder, "eniac_wasm_bg.wasm")) });
const problem = readFileSync(file, "utf8");

/** As in the terminal command: to a microsecond. */
const since = (started) => Math.round((performance.now() - started) * 1000) / 1000;

for (let run = 0; run < Number(runs); run += 1) {
  const trace = [];
  const started = performance.now();
  const answer = pack(problem, work === undefined ? undefined : Number(work), (progress) => {
    const last = trace.at(-1);
    const news =
      last?.cost_micro !== progress.cost_micro ||
      last?.lower_bound_micro !== progress.lower_bound_micro;
    if (news) trace.push({ milliseconds: since(started), ...progress });
  });
  const milliseconds = since(started);
  const peak_memory_bytes = memory.buffer.byteLength;
  console.log(JSON.stringify({ ...answer, milliseconds, peak_memory_bytes, trace }));
}
