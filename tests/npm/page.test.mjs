// The examples for pages, as they are: served statically, and bundled with Vite; in Chromium.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { after, before, test } from "node:test";

import { chromium } from "playwright-core";
import { build } from "vite";

import { built, makeConsumer } from "./consumer.mjs";
import { root } from "./native.mjs";

const MEDIA = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
let consumer;
let browser;

before(async () => {
  consumer = makeConsumer();
  browser = await chromium.launch({
    executablePath: process.env.CHROME ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
  });
});
after(async () => {
  await browser?.close();
  consumer.remove();
});

/** Serves a folder on loopback. */
async function serve(folder) {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    try {
      const body = readFileSync(file);
      response.writeHead(200, { "content-type": MEDIA[extname(file)] ?? "text/plain" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}/`, end: () => server.close() };
}

/** Opens an example, plans, and exports; the other formats' wasm comes with the export only. */
async function check(folder) {
  const { url, end } = await serve(folder);
  const page = await browser.newPage();
  const problems = [];
  const wasm = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (told) => {
    if (told.type() === "error" || told.type() === "warning") problems.push(told.text());
  });
  page.on("request", (request) => {
    const name = /eniac_(interop_)?wasm_bg[^/]*\.wasm/.exec(request.url());
    if (name) wasm.push(name[1] ? "interop" : "planner");
  });
  try {
    await page.goto(url);
    const fleet = page.locator("#fleet");
    await fleet.filter({ hasText: /^\d+ \w+\.\w+/ }).waitFor({ timeout: 60_000 });
    assert.deepEqual(wasm, ["planner"]);
    await page.locator("#export").click();
    await fleet.filter({ hasText: 'resource "aws_ecs_service"' }).waitFor({ timeout: 60_000 });
    assert.deepEqual(wasm, ["planner", "interop"]);
  } finally {
    await page.close();
    end();
  }
  assert.deepEqual(problems, []);
}

test("a plain page plans, and loads the other formats when they are used", async () => {
  const folder = join(consumer.folder, "page");
  mkdirSync(folder);
  cpSync(join(root, "examples", "page"), folder, { recursive: true });
  cpSync(built, join(folder, "eniac"), { recursive: true });
  await check(folder);
});

test("Vite bundles one region, and loads the other formats when they are used", async () => {
  const folder = join(consumer.folder, "vite");
  cpSync(join(root, "examples", "vite"), folder, { recursive: true });
  await build({ root: folder, logLevel: "error" });
  const assets = join(folder, "dist", "assets");
  const scripts = readdirSync(assets).filter((name) => name.endsWith(".js"));
  const text = scripts.map((name) => readFileSync(join(assets, name), "utf8")).join("");
  assert.match(text, /"?euc1-az1"?/);
  assert.doesNotMatch(text, /use1-az1/);
  await check(join(folder, "dist"));
});
