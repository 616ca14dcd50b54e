// A project that depends on the built package, as its users have it: node_modules and nothing else.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { root } from "./native.mjs";

/** The built package. */
export const built = join(root, "dist", "npm", "eniac");

/** Makes a project with the package installed; `run` runs a program of it, `remove` removes it. */
export function makeConsumer() {
  const folder = mkdtempSync(join(tmpdir(), "eniac-consumer-"));
  mkdirSync(join(folder, "node_modules"));
  cpSync(built, join(folder, "node_modules", "eniac"), { recursive: true });
  return {
    folder,
    /** Runs `source` as the file `name` and returns what it printed as JSON. */
    run(name, source) {
      writeFileSync(join(folder, name), source);
      const told = execFileSync(process.execPath, [name], {
        cwd: folder,
        encoding: "utf8",
        maxBuffer: 256 * 1024 * 1024,
        timeout: 120_000,
      });
      return JSON.parse(told);
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
