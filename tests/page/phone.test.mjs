// On a phone: the answer stays in view while its inputs are edited, and nothing is wider than the
// window, whatever is open.

import assert from "node:assert/strict";

import { PHONE } from "./chromium.mjs";
import { answer, field, row, shows, visits } from "./workbench.mjs";

const visit = visits();
const phone = { viewport: PHONE };

/** What is wider than the window and does not scroll inside of itself, as sentences. */
async function tooWide(page) {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    if (wide <= 0) return [];
    const scrolls = (element) =>
      element && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 0.5)
      .filter((element) => !scrolls(element.parentElement))
      .map((element) => `${wide} px: ${element.outerHTML.slice(0, 120)}`);
  });
}

visit("390: the answer is in view beside each input, and follows it", phone, async (page) => {
  const strip = page.locator(".answer-strip");
  for (const path of [
    "services[0].desiredCount",
    "capacity.managedInstances.instanceRequirements.vCpuCount.max",
    "pricing.savingsPlanPercent",
  ]) {
    await field(page, path).focus();
    const [field_, answer_] = await Promise.all([
      field(page, path).boundingBox(),
      strip.boundingBox(),
    ]);
    assert.ok(answer_.y >= 0 && answer_.y + answer_.height <= PHONE.height + 1, `${path}: in view`);
    assert.ok(field_.y >= 0 && field_.y + field_.height <= answer_.y, `${path}: not covered`);
  }
  await field(page, "services[0].desiredCount").fill("12");
  await shows(strip, /\/month\s*12 × t4g\.small\s*best \$/);
  const month = await answer(page, "predicted").locator(".month").innerText();
  assert.equal(await strip.locator(".month").innerText(), month);
  await strip.click();
  const box = await page.locator("#answer").boundingBox();
  assert.ok(box.y < PHONE.height, "it leads to the whole answer");
});

visit("390: nothing is wider than the window, whatever is open", phone, async (page) => {
  await page.getByTestId("add-service").click();
  await field(page, "services[1].name").fill("a-service-with-a-name-that-goes-on-and-on-for-long");
  await row(page, 1).getByRole("button", { name: /^Open the rest/ }).click();
  await page.getByRole("button", { name: "Add a container" }).click();
  await page.getByRole("button", { name: "Add a port" }).click();
  await page.getByRole("button", { name: "Add a daemon" }).click();
  await page.getByRole("button", { name: "All attributes" }).click();
  await page.locator(".left-out-count").first().click();
  await field(page, "services[0].taskDefinition.memory").fill("a".repeat(80));
  await shows(row(page, 0).locator(".messages"), /aaa/);
  assert.deepEqual(await tooWide(page), [], "inputs");
  await page.getByRole("button", { name: "Share with Spot" }).click();
  await page.getByTestId("add-running").click();
  await page.getByTestId("add-exhausted").click();
  assert.deepEqual(await tooWide(page), [], "providers");
  await page.getByLabel("The revision that runs now has another size").check();
  assert.deepEqual(await tooWide(page), [], "deployment of a service");
  for (const tab of [
    "what-if", "requirements", "sizes", "range", "compare", "deployment", "timeline", "placement", "types", "why", "problems",
  ]) {
    await page.getByTestId(`tab-${tab}`).click();
    assert.deepEqual(await tooWide(page), [], tab);
  }
  await page.getByTestId("fleet").getByRole("button", { name: "Table" }).click();
  assert.deepEqual(await tooWide(page), [], "the fleet as a table");
  const bar = await page.locator(".bar").boundingBox();
  assert.ok(bar.height <= 100, `the bar takes two rows: ${bar.height} px`);
  await page.getByRole("button", { name: "More", exact: true }).click();
  assert.deepEqual(await tooWide(page), [], "the rest of the bar");
  await page.getByTestId("open-json").click();
  assert.deepEqual(await tooWide(page), [], "the scenario as JSON");
});
