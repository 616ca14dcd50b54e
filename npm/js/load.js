// The two wasm modules, each loaded once, when it is first needed.

import { EniacError } from "./error.js";

/** Where a module's wasm comes from when it is not fetched: Node has its files. */
let bytesOf = null;

/** Says how the wasm is read where it cannot be fetched. */
export function readWith(read) {
  bytesOf = read;
}

const loaded = new Map();

/** Loads a module once; a failure is told and the next call tries again. */
function once(name, load) {
  if (!loaded.has(name)) {
    const loading = started(name, load).catch((error) => {
      loaded.delete(name);
      throw new EniacError(`eniac's ${name} could not be loaded: ${error?.message ?? error}`, {
        cause: error,
      });
    });
    loaded.set(name, loading);
  }
  return loaded.get(name);
}

async function started(name, load) {
  const module = await load();
  await module.default(bytesOf === null ? undefined : { module_or_path: await bytesOf(name) });
  return module;
}

/** The planner. */
export function planner() {
  return once("planner", () => import("../web/eniac_wasm.js"));
}

/** What reads and writes other tools' formats. */
export function interop() {
  return once("interop", () => import("../interop/eniac_interop_wasm.js"));
}

/**
 * Runs something of a module. What it refuses becomes an EniacError; what the caller's own
 * `onProgress` throws stays what it is.
 */
export function told(options, run) {
  let thrown;
  let watched = options;
  if (typeof options?.onProgress === "function") {
    const onProgress = (progress) => {
      try {
        return options.onProgress(progress);
      } catch (error) {
        thrown = { error };
        throw error;
      }
    };
    watched = { ...options, onProgress };
  }
  try {
    return run(watched);
  } catch (error) {
    if (thrown !== undefined) throw thrown.error;
    if (error instanceof WebAssembly.RuntimeError) {
      // A module that failed is of no use any more.
      loaded.clear();
      const message = `eniac met an error of its own: ${error.message}`;
      throw new EniacError(message, { cause: error });
    }
    throw new EniacError(error?.message ?? String(error), { cause: error });
  }
}
