// The same scenario gives the same report in the browser as from the native command.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { firstDifference, nativeReport, scenarios } from "../npm/native.mjs";
import { launch, open } from "./chromium.mjs";
import { serve } from "./served.mjs";

let browser;
let site;

before(async () => {
  site = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.end();
});

test("each report equals the native one", async () => {
  const { page, problems, close } = await open(browser, site.url);
  const all = scenarios();
  const reports = await page.evaluate(
    async (texts) => {
      const planner = await import(new URL("www/planner/eniac_wasm.js", location.href).href);
      await planner.default();
      return texts.map((text) => planner.planJson(text));
    },
    all.map((scenario) => scenario.text),
  );
  assert.ok(all.length > 0);
  for (const [at, scenario] of all.entries()) {
    assert.equal(firstDifference(nativeReport(scenario), reports[at]), null, scenario.name);
  }
  assert.deepEqual(problems, []);
  await close();
});
