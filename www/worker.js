// The planner, off the page's thread: loads the npm module and answers one message after another.
// In: {id, scenario} (JSON text) or {id, regions: true}.
// Out: {id, report} (JSON text), {id, error}, {id, regions} (JSON text), or {id, broken} when the
// module itself failed and this worker is of no use any more.
import init, { planJson, regions } from './planner/eniac_wasm.js';

const ready = init();

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
    } else {
      self.postMessage({ id, report: planJson(data.scenario) });
    }
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      self.postMessage({ id, broken: `it met an error of its own (${error.message})` });
    } else {
      self.postMessage({ id, error: error.message ?? String(error) });
    }
  }
};
