// `npx eniac` against the native command: the same bytes, the same exit codes.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { makeConsumer } from "./consumer.mjs";
import { root, scenarios } from "./native.mjs";

let consumer;
let script;

before(() => {
  consumer = makeConsumer();
  script = join(consumer.folder, "node_modules", "eniac", "js", "eniac.js");
});
after(() => consumer.remove());

function ran(program, args, input) {
  const options = { cwd: root, encoding: "utf8", input, maxBuffer: 64 * 1024 * 1024 };
  const { status, stdout, stderr } = spawnSync(program, args, options);
  return { status, stdout, stderr };
}

/** Runs both and compares all that can be seen of them. */
function check(args, input) {
  const built = process.env.ENIAC_COMMAND;
  const [program, ...before] = built ? [built] : ["cargo", "run", "-q", "-p", "eniac", "--"];
  const expected = ran(program, [...before, ...args], input);
  const found = ran(process.execPath, [script, ...args], input);
  assert.deepEqual(found, expected);
  return found;
}

for (const { name, file } of scenarios()) {
  test(`plan ${name}`, () => {
    assert.equal(check(["plan", file, "--json"]).status, 0);
  });
}

test("tables, standard input, folders, other tools' formats and faults", () => {
  const { file, text } = scenarios().find(({ name }) => name === "managed-a-shop");
  assert.equal(check(["plan", file]).status, 0);
  assert.equal(check(["plan", "-", "--json"], text).status, 0);
  assert.equal(check(["example"]).status, 0);
  assert.equal(check(["--help"]).status, 0);
  assert.equal(check(["export", file, "--format", "cli"]).status, 0);
  assert.equal(check(["import", file, "--json"]).status, 0);
  assert.equal(check(["plan", "no-such-file.json"]).status, 2);
  assert.equal(check(["plan", "tests"]).status, 2);
  assert.equal(check(["sing"]).status, 2);
  assert.equal(check(["plan", file, "--max-monthly", "1"]).status, 3);
  const lines = `${text.replaceAll(/\s*\n\s*/g, " ")}\n{\n`;
  check(["plan", "--jsonl"], lines);
});

test("a reader that leaves is no fault", () => {
  const [{ file }] = scenarios();
  const line = `"${process.execPath}" "${script}" plan "${file}" --json | head -c 1; echo " $PIPESTATUS"`;
  const { stdout, stderr } = ran("bash", ["-c", line]);
  assert.equal(stdout, "{ 0\n");
  assert.equal(stderr, "");
});
