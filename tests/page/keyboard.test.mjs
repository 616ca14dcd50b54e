// From the address bar to the table without a pointer: Tab, Enter, arrows and typing.

import assert from "node:assert/strict";

import { answer, kept, report, shows, visits } from "./workbench.mjs";

const visit = visits();
/** More stops than the page has; a key that leads nowhere ends there. */
const MOST_STOPS = 300;

/** Presses `key` until what has the focus is called `name`. */
async function go(page, name, key = "Tab") {
  for (let pressed = 0; pressed < MOST_STOPS; pressed += 1) {
    await page.keyboard.press(key);
    const called = await page.evaluate(() => {
      const { activeElement: at } = document;
      const label = at.labels?.[0]?.innerText ?? at.labels?.[0]?.textContent;
      return (at.getAttribute("aria-label") ?? label ?? at.innerText ?? "").trim();
    });
    if (called === name) return;
  }
  assert.fail(`${key} never leads to ${name}`);
}

/** Types over what the focused field has. */
async function retype(page, text) {
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
}

visit("a service is added, described and looked up by keyboard alone", {}, async (page) => {
  await go(page, "Add a service");
  await page.keyboard.press("Enter");
  await go(page, "Name of service");
  await retype(page, "api");
  await go(page, "CPU");
  await retype(page, "1 vCPU");
  await go(page, "Memory");
  await retype(page, "2 GB");
  await go(page, "Tasks");
  await retype(page, "9");
  await go(page, "Arch");
  await page.keyboard.press("ArrowDown");
  const [, service] = (await kept(page)).services;
  assert.deepEqual([service.name, service.desiredCount], ["api", 9]);
  assert.deepEqual(service.taskDefinition, {
    cpu: "1 vCPU",
    memory: "2 GB",
    networkMode: "awsvpc",
    runtimePlatform: { cpuArchitecture: "X86_64" },
  });
  await go(page, "Undo", "Shift+Tab");
  await page.keyboard.press("Enter");
  await shows(page.getByTestId("fleet").locator(".legend"), /api/);

  // The tabs are one stop; arrows go along them and round.
  await go(page, "What if");
  for (const [key, tab] of [
    ["ArrowRight", "Requirements"],
    ["ArrowRight", "Sizes"],
    ["End", "Problems"],
    ["ArrowRight", "What if"],
    ["ArrowLeft", "Problems"],
    ["ArrowLeft", "Why"],
    ["ArrowLeft", "Types"],
  ]) {
    await page.keyboard.press(key);
    const focused = page.locator(":focus");
    assert.match(await focused.innerText(), new RegExp(`^${tab}`), key);
    assert.equal(await focused.getAttribute("aria-selected"), "true", key);
    const labelled = await page.locator("#tab-panel").getAttribute("aria-labelledby");
    assert.equal(labelled, await focused.getAttribute("id"));
  }
  await go(page, "api");
  await page.keyboard.press("Space");
  await shows(page.locator("#tab-panel"), /One task of api: 1 vCPU, 2 GiB, 1 ENI/);
  const { services } = await report(page);
  await go(page, "Types");
  assert.equal(await page.locator(":focus").getAttribute("role"), "region", "the table scrolls");
  const best = await page.getByTestId("types-table").locator("tbody th").first().innerText();
  assert.equal(best, services[1].types[0].instanceType);
});

visit("a problem leads to its field, and the dialog gives the focus back", {}, async (page) => {
  await go(page, "Tasks");
  await retype(page, "lots");
  await shows(page.locator("#tab-problems"), /1/);
  await go(page, "What if");
  await page.keyboard.press("End");
  await go(page, "services[0].desiredCount");
  await page.keyboard.press("Enter");
  await retype(page, "8");
  await shows(answer(page, "predicted"), /8 × t4g\.small/);
  await go(page, "Scenario as JSON", "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.locator("dialog[open]").waitFor();
  await page.keyboard.press("Escape");
  await shows(() => page.evaluate(() => document.activeElement.innerText), /Scenario as JSON/);
});
