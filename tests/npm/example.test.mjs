// The example for Node, as it is.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { makeConsumer } from "./consumer.mjs";
import { root } from "./native.mjs";

test("the example for Node plans what a Terraform file says", () => {
  const consumer = makeConsumer();
  try {
    cpSync(join(root, "examples", "node"), consumer.folder, { recursive: true });
    const options = { cwd: consumer.folder, encoding: "utf8", timeout: 60_000 };
    const told = execFileSync(process.execPath, ["plan.mjs", "main.tf"], options);
    assert.match(told, /^\d+ \w+\.\w+\n[\s\S]*\d USD a month\n$/);
  } finally {
    consumer.remove();
  }
});
