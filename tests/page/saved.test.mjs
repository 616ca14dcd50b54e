// Saved scenarios: named, opened, renamed, deleted and taken back, compared two at a time; and a
// browser that keeps nothing, or has no room.

import assert from "node:assert/strict";

import { violations } from "./accessible.mjs";
import { PHONE } from "./chromium.mjs";
import { answer, becomes, field, kept, row, shows, visits } from "./workbench.mjs";

const visit = visits();
const COUNT = "services[0].desiredCount";
const rows = (page) => page.getByTestId("kept-row");
const names = (page) => rows(page).locator("button.kept-name").allInnerTexts();
const settled = (page) => page.locator(".answers:not(.stale)").waitFor();

/** Saves what is on the page under `name`, and leaves the dialog open. */
async function save(page, name) {
  await page.getByTestId("open-saved").click();
  await page.locator("#save-name").fill(name);
  await page.keyboard.press("Enter");
  await shows(page.locator(".saved .proposal-note"), /^(Saved|Replaced) /);
}

visit("a scenario is saved under a name, found by the next visit and opened", {}, async (page) => {
  await save(page, "Thirty");
  await shows(rows(page), /Thirty\s+1 service\s+\$604\s+\d{4}-\d\d-\d\d \d\d:\d\d/);
  await page.keyboard.press("Escape");
  assert.equal(await field(page, "name").inputValue(), "Thirty", "saving names it");
  await field(page, COUNT).fill("7");
  await page.reload();
  await settled(page);
  await page.getByTestId("open-saved").click();
  await rows(page).getByRole("button", { name: "Thirty", exact: true }).click();
  await shows(page.getByTestId("notice"), /Opened “Thirty”/);
  await shows(answer(page, "predicted"), /30 × t4g\.small/);
  await page.getByRole("button", { name: "Take it back" }).click();
  await shows(answer(page, "predicted"), /7 × t4g\.small/);
  await shows(page.getByTestId("notice"), /^$/);
});

visit("a name that is there is replaced; deleting and renaming are taken back", {}, async (page) => {
  await save(page, "a");
  await page.keyboard.press("Escape");
  await field(page, COUNT).fill("9");
  await settled(page);
  await save(page, "a");
  await shows(page.locator(".saved .proposal-note"), /Replaced “a”/);
  await becomes(() => names(page), ["a"]);
  await page.locator("#save-name").fill("b");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await becomes(() => names(page), ["b", "a"]);
  await page.getByRole("button", { name: "Rename a" }).click();
  await page.keyboard.type("b");
  await page.keyboard.press("Enter");
  await becomes(() => names(page), ["b", "b (2)"]);
  // Escape gives the new name up, and leaves the dialog open.
  await page.getByRole("button", { name: "Rename b", exact: true }).click();
  await page.keyboard.type("never");
  await page.keyboard.press("Escape");
  await becomes(() => names(page), ["b", "b (2)"]);
  await page.getByRole("button", { name: "Delete b", exact: true }).click();
  await becomes(() => names(page), ["b (2)"]);
  await page.getByRole("button", { name: "Take it back" }).click();
  await becomes(() => names(page), ["b", "b (2)"]);
  await page.locator(".saved").getByRole("button", { name: "Delete b", exact: true }).focus();
  await page.keyboard.press("Control+z");
  await becomes(() => names(page), ["b", "a"]);
  assert.equal((await kept(page)).services[0].desiredCount, 9, "the scenario is not taken back");
});

visit("two are compared: costs, instances and the values that differ", {}, async (page) => {
  await save(page, "Thirty");
  await page.keyboard.press("Escape");
  await field(page, COUNT).fill("12");
  await page.getByTestId("add-service").click();
  await field(page, "services[1].name").fill("cache");
  await settled(page);
  const month = await answer(page, "predicted").locator(".month").innerText();
  await page.getByTestId("open-saved").click();
  const compare = page.getByTestId("compare-two");
  assert.ok(await compare.isDisabled());
  await page.getByLabel("Compare Thirty").check();
  await compare.click();
  const table = page.locator(".compare-table tbody[data-here=true]");
  await shows(table, new RegExp(`Predicted a month\\s+\\${month}\\s+\\$604`));
  await shows(table, /Tasks\s+14\s+30\s+16 more/);
  const differences = page.getByTestId("differences");
  await shows(differences, /web: desiredCount\s+12\s+→\s+30/);
  await shows(differences, /cache\s+2 tasks, 256 CPU units, 512 MiB\s+→\s+not there/);
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: "Swap" }).click();
  await shows(table, new RegExp(`Predicted a month\\s+\\$604\\s+\\${month}`));
  await shows(differences, /web: desiredCount\s+30\s+→\s+12/);
  await page.setViewportSize(PHONE);
  const wide = await page.evaluate(() => document.querySelector(".sheet[open]").scrollWidth);
  assert.ok(wide <= PHONE.width, `${wide} px`);
  await page.getByRole("button", { name: "Open Thirty" }).click();
  await shows(answer(page, "predicted"), /30 × t4g\.small/);
});

visit("a full storage is told, and nothing is lost", {
  prepare: (page) => page.addInitScript(() => {
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      if (window.isFull) throw new DOMException("full", "QuotaExceededError");
      return set.call(this, key, value);
    };
  }),
}, async (page) => {
  await save(page, "before");
  await page.evaluate(() => (window.isFull = true));
  await page.locator("#save-name").fill("after");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await shows(page.getByTestId("notice"), /Not saved.*storage for this page is full/);
  await becomes(() => names(page), ["before"]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Close this message" }).click();
  await field(page, COUNT).fill("8");
  await shows(page.getByTestId("notice"), /not kept for the next visit/);
  await shows(answer(page, "predicted"), /8 × t4g\.small/);
});

visit("the page works where nothing may be kept", {
  prepare: (page) => page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  }),
}, async (page) => {
  await shows(answer(page, "predicted"), /30 × t4g\.small/);
  await page.getByRole("button", { name: "Dark theme" }).click();
  await page.getByTestId("open-saved").click();
  await page.locator("#save-name").fill("a");
  await page.keyboard.press("Enter");
  await shows(page.getByTestId("notice"), /Not saved.*keep nothing/);
});

visit("what another version has saved is named and left alone", {
  prepare: (page) =>
    page.addInitScript(() => localStorage.setItem("eniac.saved.newer", '{"version":9}')),
}, async (page) => {
  await page.getByTestId("open-saved").click();
  await shows(page.locator(".saved"), /“newer” is kept too.*cannot read/);
  await page.locator("#save-name").fill("newer");
  await page.keyboard.press("Enter");
  await becomes(() => names(page), ["newer (2)"]);
  assert.equal(await page.evaluate(() => localStorage.getItem("eniac.saved.newer")), '{"version":9}');
  assert.equal(await row(page, 0).count(), 1);
});
