// The package as a whole: what is in it, and that every way in leads somewhere.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { built, makeConsumer } from "./consumer.mjs";

/** What the package gives; and what its synchronous part gives. */
const FUNCTIONS = [
  "catalog",
  "example",
  "export",
  "exportScenario",
  "import",
  "importFiles",
  "link",
  "openLink",
  "pack",
  "place",
  "plan",
  "predict",
  "presets",
  "regions",
  "schema",
  "simulate",
];
const NAMES = [
  "catalog",
  "example",
  "pack",
  "place",
  "placeJson",
  "plan",
  "planJson",
  "predict",
  "predictJson",
  "presets",
  "regions",
  "schema",
  "simulate",
  "simulateJson",
];
const manifest = JSON.parse(readFileSync(join(built, "package.json"), "utf8"));
let consumer;

before(() => {
  consumer = makeConsumer();
});
after(() => consumer.remove());

/** Every file that a value of the exports map names. */
function targets(value) {
  if (value === null) return [];
  return typeof value === "string" ? [value] : Object.values(value).flatMap(targets);
}

test("every file that the manifest names is there", () => {
  const named = [...targets(manifest.exports), manifest.main, manifest.module, manifest.types];
  named.push(manifest.bin.eniac);
  for (const file of named.map((name) => name.replace("*", "us-east-1"))) assert.ok(existsSync(join(built, file)), file);
});

test("npm packs the flavours, the types, the licences and nothing else", () => {
  const told = execFileSync("npm", ["pack", "--dry-run", "--json", "--offline"], {
    cwd: built,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const files = JSON.parse(told)[0].files.map((file) => file.path);
  for (const flavour of ["web", "nodejs"]) {
    for (const file of ["eniac_wasm.js", "eniac_wasm.d.ts", "eniac_wasm_bg.wasm"]) {
      assert.ok(files.includes(`${flavour}/${file}`), `${flavour}/${file}`);
    }
  }
  for (const file of [
    "catalog/eu-central-1.js",
    "interop/eniac_interop_wasm_bg.wasm",
    "js/functions.js",
    "terminal/eniac_terminal_wasm_bg.wasm",
  ]) {
    assert.ok(files.includes(file), file);
  }
  assert.ok(files.includes("LICENSE-MIT") && files.includes("LICENSE-APACHE"));
  const known = /^(catalog|interop|js|nodejs|terminal|web)\/|^[A-Za-z-]+(\.md|\.json)?$/;
  const strange = files.filter((file) => !known.test(file));
  assert.deepEqual(strange, []);
});

test("the wasm names no folder of the machine that built it", () => {
  const wasm = readFileSync(join(built, "web", "eniac_wasm_bg.wasm")).toString("latin1");
  assert.doesNotMatch(wasm, /\/(home|Users|root)\/|\.cargo\//);
});

test("the types name every function", () => {
  for (const flavour of ["web", "nodejs"]) {
    const types = readFileSync(join(built, flavour, "eniac_wasm.d.ts"), "utf8");
    for (const name of NAMES) {
      assert.match(types, new RegExp(`export function ${name}\\(`), `${flavour}: ${name}`);
    }
  }
});

for (const [from, names] of [
  ["eniac", FUNCTIONS],
  ["eniac/sync", NAMES],
]) {
  test(`import and require give the same functions of ${from}`, () => {
    const list = "Object.keys(eniac).filter((name) => typeof eniac[name] === 'function')";
    const imported = consumer.run(
      "names.mjs",
      `import * as eniac from "${from}"; console.log(JSON.stringify(${list}))`,
    );
    const required = consumer.run(
      "names.cjs",
      `const eniac = require("${from}"); console.log(JSON.stringify(${list}))`,
    );
    for (const name of names) {
      assert.ok(imported.includes(name), `import: ${name} in ${imported}`);
      assert.ok(required.includes(name), `require: ${name} in ${required}`);
    }
  });
}

test("the web flavour starts from bytes, as a worker or another runtime would", () => {
  const example = consumer.run(
    "web.mjs",
    `import { readFileSync } from "node:fs";
     import { createRequire } from "node:module";
     import { initSync, example } from "eniac/web";
     const wasm = createRequire(import.meta.url).resolve("eniac/eniac_wasm_bg.wasm");
     initSync({ module: readFileSync(wasm) });
     console.log(JSON.stringify(example()));`,
  );
  assert.equal(typeof example, "object");
});
