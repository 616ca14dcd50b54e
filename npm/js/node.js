// The package in Node: the same functions; their wasm is read from the package's files.

import { readFile } from "node:fs/promises";

import { readWith } from "./load.js";

const FILES = {
  planner: new URL("../web/eniac_wasm_bg.wasm", import.meta.url),
  interop: new URL("../interop/eniac_interop_wasm_bg.wasm", import.meta.url),
};

readWith((name) => readFile(FILES[name]));

export * from "./functions.js";
