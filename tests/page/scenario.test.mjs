// The scenario in and out: JSON that is wrong in many places, text that is copied and saved, what
// the next visit finds, and the example.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../npm/native.mjs";
import { planned } from "./chromium.mjs";
import { answer, field, kept, report, row, shows, take, visits } from "./workbench.mjs";

const visit = visits();
const scenario = (name) => readFileSync(join(root, "tests", "scenarios", `${name}.json`), "utf8");

visit("a scenario with everything wrong is taken, told and planned as far as it goes", {}, async (page) => {
  const text = scenario("bad-input");
  await page.getByTestId("open-json").click();
  await page.locator("#json-text").fill(text);
  await shows(page.locator("dialog .messages"), /services\[1\]\.desiredCount: -3 is not/);
  await page.getByRole("button", { name: "Take this scenario" }).click();
  await shows(row(page, 1).locator(".messages"), /-3/);
  await shows(row(page, 3).locator(".messages"), /900,000 MiB/);
  // The answer is this scenario's own, as far as it goes, and goes on following it.
  await shows(page.getByTestId("fleet").locator(".legend"), /good\s+good \(2\)/);
  await shows(page.locator(".answer-head .trouble"), /^$/);
  await field(page, "services[0].desiredCount").fill("400");
  await shows(answer(page, "cheapest"), /\d{2} × m6g/);
  const { diagnostics } = await report(page);
  await page.getByTestId("tab-problems").click();
  const told = page.locator(".problems > li");
  await shows(async () => `${await told.count()}`, new RegExp(`^${diagnostics.length}$`));
  for (const { message } of diagnostics) {
    assert.equal(await told.filter({ hasText: message }).count() > 0, true, message);
  }
  await shows(page.locator(".requirements .messages"), /memoryMiB/);
  // Each leads to a field on the page, or to the nearest one around it.
  const ways = page.locator(".problems .path");
  for (const way of await ways.all()) {
    await way.click();
    const focused = await page.evaluate(() => document.activeElement.id);
    assert.match(focused, /^field:/, await way.innerText());
  }
  // The next visit shows the same.
  await page.reload();
  await shows(page.getByTestId("fleet").locator(".legend"), /good/);
  await shows(row(page, 1).locator(".messages"), /-3/);
});

visit("text that is no scenario cannot be taken", {}, async (page) => {
  const before = await kept(page);
  await page.getByTestId("open-json").click();
  for (const [text, says] of [
    ["{", /not JSON.*line 1/],
    ["[]", /object/],
    ["", /not JSON/],
  ]) {
    await page.locator("#json-text").fill(text);
    await shows(page.locator("dialog .messages .error"), says);
    assert.ok(await page.getByRole("button", { name: "Take this scenario" }).isDisabled());
  }
  await page.getByRole("button", { name: "Close" }).click();
  assert.deepEqual(await kept(page), before);
});

visit("what is saved and copied is what was planned", {}, async (page, { context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByTestId("tab-types").click();
  await field(page, "services[0].taskDefinition.memory").fill("2 GB");
  await shows(page.locator("#tab-panel"), /2 GiB/);
  await planned(page);
  await page.getByTestId("open-export").click();
  const text = await page.getByTestId("export-text").inputValue();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: /^Download/ }).click();
  const saved = await saving;
  assert.equal(saved.suggestedFilename(), "30-small-tasks.json");
  assert.equal(readFileSync(await saved.path(), "utf8"), text);
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await shows(page.locator(".export-said"), /Copied/);
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), text);
  const again = await page.evaluate(async (text) => {
    const planner = await import(new URL("www/planner/eniac_wasm.js", location.href).href);
    await planner.default();
    return JSON.parse(planner.planJson(text));
  }, text);
  assert.deepEqual(again, await report(page));
  assert.deepEqual(again.diagnostics, []);
  await page.locator("#export-format").selectOption("Plan, JSON");
  const plan = JSON.parse(await page.getByTestId("export-text").inputValue());
  assert.deepEqual(plan, again);
});

visit("where the page may not copy, that is told", {
  prepare: (page) =>
    page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined })),
}, async (page) => {
  await page.getByTestId("open-export").click();
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await shows(page.locator(".export-said"), /did not let it be copied/);
});

visit("the next visit finds the scenario; Example starts over and can be undone", {}, async (page) => {
  await field(page, "services[0].desiredCount").fill("17");
  await field(page, "name").fill("Seventeen");
  await shows(answer(page, "predicted"), /17 × t4g\.small/);
  await page.reload();
  await planned(page);
  await shows(answer(page, "predicted"), /17 × t4g\.small/);
  assert.equal(await field(page, "name").inputValue(), "Seventeen");
  await page.getByRole("button", { name: "Example" }).click();
  await shows(answer(page, "predicted"), /30 × t4g\.small/);
  await page.getByRole("button", { name: "Undo" }).click();
  await shows(answer(page, "predicted"), /17 × t4g\.small/);
  assert.equal(await field(page, "name").inputValue(), "Seventeen");
});

visit("a visit after something else was kept starts from the example", {
  prepare: (page) =>
    page.addInitScript(() => localStorage.setItem("eniac.scenario", '{"services": [')),
}, async (page) => {
  await shows(answer(page, "predicted"), /30 × t4g\.small/);
});
