// The terminal command as the reference: its report is what the module must give, byte for byte.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** Every golden scenario as { name, file, text }, by name. */
export function scenarios() {
  const folder = join(root, "tests", "scenarios");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => ({
      name: basename(file, ".json"),
      file: join(folder, file),
      text: readFileSync(join(folder, file), "utf8"),
    }));
}

/** What the native `eniac` prints for these arguments; `cargo xtask test` has built it. */
export function native(...args) {
  const built = process.env.ENIAC_COMMAND;
  const [program, ...before] = built
    ? [built]
    : ["cargo", "run", "--quiet", "--package", "eniac", "--"];
  return execFileSync(program, [...before, ...args], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
    timeout: 120_000,
  });
}

/** The report of a scenario, without the newline that ends a terminal's output. */
export function nativeReport(scenario) {
  return native("plan", scenario.file, "--json").replace(/\n$/, "");
}

/** Where two long texts part, for a failure that can be read. */
export function firstDifference(expected, found) {
  if (expected === found) return null;
  let at = 0;
  while (at < expected.length && expected[at] === found[at]) at += 1;
  const around = (text) => JSON.stringify(text.slice(Math.max(0, at - 60), at + 60));
  return `at character ${at}: expected ${around(expected)}, found ${around(found)}`;
}
