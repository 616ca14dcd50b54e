// Light, dark or as the system wishes: the switch changes the colours at once and is remembered.

import assert from "node:assert/strict";

import { planned } from "./chromium.mjs";
import { visits } from "./workbench.mjs";

const visit = visits();

visit("the switch wins over the system, is kept, and gives back", {}, async (page) => {
  const colours = () =>
    page.evaluate(() => {
      const of = (element) => getComputedStyle(element);
      return `${of(document.body).backgroundColor} ${of(document.body).color}`;
    });
  const light = await colours();
  await page.getByRole("button", { name: "Dark theme" }).click();
  const dark = await colours();
  assert.notEqual(dark, light);
  // Dark before the page is drawn, so that nothing flashes.
  await page.reload({ waitUntil: "domcontentloaded" });
  await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
  await planned(page);
  assert.equal(await colours(), dark);
  const pressed = page.locator('[aria-label="Theme"] [aria-pressed="true"]');
  assert.equal(await pressed.getAttribute("aria-label"), "Dark theme");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.getByRole("button", { name: "Light theme" }).click();
  assert.equal(await colours(), light);
  await page.getByRole("button", { name: "System theme" }).click();
  assert.equal(await colours(), dark);
  await page.emulateMedia({ colorScheme: "light" });
  assert.equal(await colours(), light);
});
