#!/usr/bin/env node
// `npx eniac`: the terminal command, with Node's files and streams.

import * as fs from "node:fs";

import { initSync, run } from "../terminal/eniac_terminal_wasm.js";

const BETWEEN_TRIES_MS = 2;
const pause = new Int32Array(new SharedArrayBuffer(4));

/** Tries again while a pipe that does not block has nothing, or no room. */
function patient(attempt) {
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (error.code !== "EAGAIN" && error.code !== "EINTR") throw error;
      Atomics.wait(pause, 0, 0, BETWEEN_TRIES_MS);
    }
  }
}

function kindOf(entry) {
  if (entry.isSymbolicLink()) return "link";
  return entry.isDirectory() ? "folder" : "file";
}

const host = {
  kind: (path) => kindOf(fs.statSync(path)),
  open: (path) => fs.openSync(path, "r"),
  close: (descriptor) => fs.closeSync(descriptor),
  read: (descriptor, into) => {
    try {
      return patient(() => fs.readSync(descriptor, into, 0, into.length, null));
    } catch (error) {
      // Windows says so of a pipe that has ended.
      if (error.code === "EOF") return 0;
      throw error;
    }
  },
  write: (descriptor, bytes) => patient(() => fs.writeSync(descriptor, bytes)),
  list: (folder) =>
    fs
      .readdirSync(folder, { withFileTypes: true })
      .flatMap((entry) => [entry.name, kindOf(entry)]),
  microseconds: () => Math.floor(performance.now() * 1000),
  peakMemoryBytes: () => process.resourceUsage().maxRSS * 1024,
};

const wasm = new URL("../terminal/eniac_terminal_wasm_bg.wasm", import.meta.url);
initSync({ module: fs.readFileSync(wasm) });
process.exitCode = run(process.argv.slice(2), host);
