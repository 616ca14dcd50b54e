// Other tools' formats, off the page's thread: loads its module when it is first asked, and answers
// one message after another.
// In: {id, files: [{name, content: Blob}], settings} (JSON text) to import, with `changed` (a scenario
// as JSON text) to write that back into the files; {id, scenario, format} to export (JSON text);
// {id, encode} (a scenario as JSON text) or {id, decode} (a link's fragment).
// Out: {id, imported} (JSON text) with `texts`, the files as text (JSON) where they are short enough
// to be kept, and `unread`, the names of those that could not be read (JSON); {id, back},
// {id, exported} (JSON text); {id, fragment}; {id, scenario} (JSON text); {id, error};
// or {id, broken} when the module itself failed and this worker is of no use any more.
import init, { exportJson, importJson, linkOf, scenarioOf, writeBackJson } from './interop/eniac_interop_wasm.js';

const ready = init();

/** Files of more than this together are not kept with a saved scenario. */
const MOST_KEPT_BYTES = 512 * 1024;

/** The files with their bytes, and the names of those that the browser cannot read. */
async function read(files) {
  const unread = [];
  const given = await Promise.all(files.map(async ({ name, content }) => {
    try {
      return { name, bytes: new Uint8Array(await content.arrayBuffer()) };
    } catch {
      unread.push(name);
      return undefined;
    }
  }));
  return { given: given.filter((file) => file !== undefined), unread };
}

/** The files as text, where they are text and not too long. */
function texts(files) {
  const length = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (length > MOST_KEPT_BYTES) return undefined;
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return JSON.stringify(files.map(({ bytes }) => decoder.decode(bytes)));
  } catch {
    return undefined;
  }
}

async function answer({ files, settings, changed, scenario, format, encode, decode }) {
  if (encode !== undefined) return { fragment: linkOf(encode).fragment };
  if (decode !== undefined) return { scenario: scenarioOf(decode) };
  if (format !== undefined) return { exported: exportJson(scenario, format) };
  const { given, unread } = await read(files);
  if (changed !== undefined) {
    // What is not there cannot be compared: a difference without it would be taken for all of it.
    if (unread.length > 0) throw new Error(`${unread.join(', ')} cannot be read: moved or changed since`);
    return { back: writeBackJson(given, settings, changed) };
  }
  return { imported: importJson(given, settings), texts: texts(given), unread: JSON.stringify(unread) };
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
    self.postMessage({ id, ...(await answer(data)) });
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      self.postMessage({ id, broken: `it met an error of its own (${error.message})` });
    } else {
      self.postMessage({ id, error: error.message ?? String(error) });
    }
  }
};
