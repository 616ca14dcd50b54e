// How near the cheapest fleet is to the cheapest possible, and the way to look longer: the words,
// the figures behind them, and that typing and stopping come first.

import assert from "node:assert/strict";

import { violations } from "./accessible.mjs";
import { PHONE } from "./chromium.mjs";
import { answer, field, report, shows, take, visits } from "./workbench.mjs";

const visit = visits();

/** Many services on many types: more than the quick answer can prove. */
function hard(services) {
  return JSON.stringify({
    version: 1,
    name: "hard",
    region: "us-east-1",
    zones: 3,
    services: Array.from({ length: services }, (_, at) => ({
      name: `service-${at}`,
      desiredCount: 5 + ((at * 37) % 40),
      taskDefinition: { cpu: 128 * (1 + ((at * 7) % 23)), memory: 256 * (1 + ((at * 11) % 37)) },
    })),
    capacity: { managedInstances: { instanceRequirements: {
      vCpuCount: { min: 1 }, memoryMiB: { min: 0 },
    } } },
  });
}

const button = (page) => page.getByTestId("look-longer");
const words = (page) => page.getByTestId("proof").locator(".proof-words");
/** The percentage of the words; 0 where it is proven. */
const gap = async (page) => Number(/([0-9.]+) %/.exec(await words(page).innerText())?.[1] ?? 0);

/** Takes a scenario that the quick answer leaves open. */
async function open(page, services = 8) {
  await take(page, hard(services));
  await shows(words(page), /^Proven within [0-9.]+ % of the cheapest possible$/);
  await shows(button(page), /^Look longer$/);
}

visit("a proven fleet says so, and offers no more", {}, async (page) => {
  await shows(words(page), /^Proven the cheapest possible$/);
  assert.equal(await button(page).count(), 0);
  assert.equal(await page.locator(".proof-drawing").count(), 0);
  await page.getByTestId("proof").locator("summary").click();
  await shows(page.getByTestId("proof").locator("tr.sum"), /difference\s+\$0\.00/);
});

visit("the gap is told, drawn, and added up", { viewport: PHONE }, async (page) => {
  await open(page);
  const { cheapest } = await report(page);
  const said = (await words(page).innerText()).toLowerCase();
  assert.equal(said, cheapest.proof);
  assert.equal(await page.locator(".proof-drawing svg").first().isVisible(), true);
  await page.getByTestId("proof").locator("summary").click();
  const cells = await page.getByTestId("proof").locator("td").allInnerTexts();
  const nano = (text) => Math.round(Number(text.replace(/[$,]/g, "")) * 1e9);
  assert.equal(nano(cells[0]), cheapest.fleet.cost.totalNanoUsdPerHour);
  assert.equal(nano(cells[1]), cheapest.lowerBoundNanoUsdPerHour);
  assert.equal(nano(cells[2]), nano(cells[0]) - nano(cells[1]));
  await shows(page.locator("#look-longer-hint"), /^up to about \d+ (s|min)$/);
  assert.deepEqual(await violations(page), []);
});

visit("looking longer narrows the gap, and may be stopped", {}, async (page) => {
  await open(page, 20);
  const before = await gap(page);
  await button(page).focus();
  await page.keyboard.press("Enter");
  await shows(button(page), /^Stop$/);
  assert.equal(await page.locator(".answers.stale").count(), 0, "the answer holds meanwhile");
  const bar = page.getByRole("progressbar", { name: "Looking longer" });
  await shows(async () => (await bar.getAttribute("aria-valuenow")) ?? "", /^[1-9]/);
  await page.keyboard.press("Enter");
  await shows(button(page), /^Look longer$/);
  const stopped = await gap(page);
  assert.ok(stopped <= before, `${stopped} % after ${before} %`);
  // Nobody works for nothing: one plans, one works out the outlook.
  await shows(async () => `${page.workers().length}`, /^2$/);
  assert.equal(await page.evaluate(() => document.activeElement?.dataset.testid), "look-longer");
});

visit("a keystroke comes first: the look ends and the new figures are planned", {}, async (page) => {
  await open(page, 20);
  await button(page).click();
  await shows(button(page), /^Stop$/);
  await field(page, "services[0].desiredCount").fill("7");
  await shows(button(page), /^Look longer$/);
  const { cheapest } = await report(page);
  assert.equal((await words(page).innerText()).toLowerCase(), cheapest.proof);
  const dollars = Math.round(cheapest.fleet.cost.totalMicroUsdPerMonth / 1e6);
  await shows(
    answer(page, "cheapest").locator(".month"),
    new RegExp(`^\\$${dollars.toLocaleString("en-US")}$`),
  );
  await shows(async () => `${page.workers().length}`, /^2$/);
});

visit("who wants it so looks longer after each change, also on the next visit", {}, async (page) => {
  await open(page, 5);
  await page.getByTestId("proof").locator("summary").click();
  const thorough = page.getByTestId("patience").getByRole("button", { name: "then look longer" });
  await thorough.click();
  await shows(async () => (await thorough.getAttribute("aria-pressed")) ?? "", /true/);
  await shows(words(page), /^Proven the cheapest possible$|0\.01 %/);
  await page.reload();
  await page.locator(".answers:not(.stale)").waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem("eniac.patience")), "thorough");
  // Without a click.
  await shows(words(page), /^Proven the cheapest possible$|0\.01 %/);
});
