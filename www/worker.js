// The planner, off the page's thread: loads the npm module and answers one message after another.
// In: {id, scenario} (JSON text), with `work` in steps to look longer, and `until` to end at a fleet
// of that cost; {id, scenario, part} for one part of the outlook; {id, scenario, simulate} for its
// timeline, with the cluster at the minute `snapshotAt`; {id, scenario, place} for where its tasks
// go; or {id, regions: true}.
// Out: {id, report} (JSON text) with the milliseconds that it took, when looking longer {id, progress}
// (JSON text) before it; {id, outlook}, {id, timeline}, {id, placement}, {id, regions} (each JSON
// text), {id, error}, or
// {id, broken} when the module itself failed and this worker is of no use any more.
import init, { placeJson, planJson, predictJson, regions, simulateJson } from './planner/eniac_wasm.js';

const ready = init();

/** Often enough for the eye. */
const BETWEEN_PROGRESS_MS = 60;

/** The planner's options: quick without a word, or with work and progress. */
function options({ id, work, until }) {
  if (work === undefined) return undefined;
  let told = 0;
  return {
    work,
    onProgress: (progress) => {
      const now = performance.now();
      if (now - told >= BETWEEN_PROGRESS_MS) {
        told = now;
        self.postMessage({ id, progress: JSON.stringify(progress) });
      }
      const cost = progress.costNanoUsdPerHour;
      return !(until !== undefined && cost !== null && cost <= until);
    },
  };
}

self.onmessage = async ({ data }) => {
  const { id } = data;
  try {
    await ready;
  } catch (error) {
    self.postMessage({ id, broken: `its files could not be loaded (${error.message ?? error})` });
    return;
  }
  try {
    if (data.regions) {
      self.postMessage({ id, regions: JSON.stringify(regions()) });
    } else if (data.part) {
      self.postMessage({ id, outlook: predictJson(data.scenario, { parts: [data.part] }) });
    } else if (data.simulate) {
      const { snapshotAt } = data;
      self.postMessage({ id, timeline: simulateJson(data.scenario, { snapshotAt }) });
    } else if (data.place) {
      self.postMessage({ id, placement: placeJson(data.scenario) });
    } else {
      const began = performance.now();
      const report = planJson(data.scenario, options(data));
      self.postMessage({ id, report, milliseconds: Math.ceil(performance.now() - began) });
    }
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      self.postMessage({ id, broken: `it met an error of its own (${error.message})` });
    } else {
      self.postMessage({ id, error: error.message ?? String(error) });
    }
  }
};
