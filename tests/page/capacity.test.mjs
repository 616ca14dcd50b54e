// Where it may run and how it is paid: the other capacity, the funnel, the region, the discount.

import assert from "node:assert/strict";

import { answer, field, kept, report, shows, visits } from "./workbench.mjs";

const visit = visits();
const GROUP = "capacity.autoScalingGroup";
const REQUIREMENTS = "capacity.managedInstances.instanceRequirements";

const dollars = async (locator) =>
  Number((await locator.locator(".month").innerText()).replace(/[$,]/g, ""));
const button = (page, name) => page.getByRole("button", { name, exact: true });

visit("an Auto Scaling group has no prediction, only the cheapest fleet", {}, async (page) => {
  await button(page, "Auto Scaling group").click();
  await shows(async () => `${await answer(page, "predicted").count()}`, /^0$/);
  await shows(answer(page, "cheapest"), /\/month/);
  assert.ok(await button(page, "Predicted").isDisabled());
  assert.doesNotMatch(await answer(page, "cheapest").innerText(), /fee|predicted/);
  // The requirements went along, and so the admitted types are Graviton still.
  const { selection } = await report(page);
  assert.ok(selection.admitted > 0 && selection.admitted < 200);
  await button(page, "Managed Instances").click();
  await shows(answer(page, "predicted"), /30 × t4g\.small/);
});

visit("a misspelt type is answered with the nearest names", {}, async (page) => {
  await button(page, "Auto Scaling group").click();
  await field(page, `${GROUP}.instanceTypes`).pressSequentially("m7g.large, t3g.small");
  await shows(page.locator(".inputs .messages"), /t3g\.small.*t4g\.small/);
  await shows(answer(page, "cheapest"), /m7g\.large/);
  assert.equal(await field(page, `${GROUP}.instanceTypes`).inputValue(), "m7g.large, t3g.small");
  assert.equal(await field(page, `${GROUP}.instanceTypes`).getAttribute("aria-invalid"), "true");
  await field(page, `${GROUP}.instanceTypes`).fill("m7g.large t4g.small");
  await shows(async () => `${await page.locator(".inputs .messages").count()}`, /^0$/);
  assert.deepEqual((await kept(page)).capacity.autoScalingGroup.instanceTypes, [
    "m7g.large",
    "t4g.small",
  ]);
});

visit("the funnel follows the requirements, and a click shows what they left out", {}, async (page) => {
  const line = (name) => page.locator(".funnel-line").filter({ hasText: name });
  const left = (name) => line(name).locator(".figure").last();
  await shows(left("Admitted"), /^57$/);
  await page.getByLabel("vCPUs, max").fill("8");
  await shows(left("Admitted"), /^(?!57$)\d+$/);
  const { selection } = await report(page);
  const step = selection.funnel.find(({ attribute }) => attribute === "vCpuCount");
  assert.equal(await left("vCPUs").innerText(), `${step.left}`);
  assert.equal(await left("Admitted").innerText(), `${selection.admitted}`);
  await line("vCPUs").getByRole("button").click();
  await shows(line("vCPUs").locator(".left-out"), /m6g\s+(\S+ )*16xlarge/);
  // Ticks and words are requirements too.
  await line("CPU maker").getByLabel("Intel").check();
  await shows(left("Admitted"), new RegExp(`^(?!${selection.admitted}$)`));
  await field(page, `${REQUIREMENTS}.allowedInstanceTypes`).fill("c7g.*");
  await shows(answer(page, "predicted"), /c7g\./);
  await button(page, "Let ECS choose").click();
  await shows(async () => `${"instanceRequirements" in (await kept(page)).capacity.managedInstances}`, /false/);
  await shows(answer(page, "predicted"), /\/month/);
});

visit("too narrow a requirement names what is left of it", {}, async (page) => {
  await page.getByLabel("vCPUs, min").fill("8");
  await shows(page.locator(".inputs .messages .error"), /\S/);
  await page.getByLabel("vCPUs, max").fill("16");
  await shows(async () => `${await page.locator(".inputs .messages .error").count()}`, /^0$/);
  await field(page, `${REQUIREMENTS}.allowedInstanceTypes`).fill("p5.48xlarge");
  await shows(page.locator("#tab-problems"), /\d/);
  await shows(answer(page, "cheapest"), /Nothing can be placed: see Problems/);
});

visit("another region has other prices, and all are to choose from", {}, async (page) => {
  const before = await dollars(answer(page, "cheapest"));
  const regions = await field(page, "region").locator("option").allInnerTexts();
  assert.ok(regions.length >= 28, `${regions.length} regions`);
  await field(page, "region").selectOption("sa-east-1");
  await shows(async () => `${(await dollars(answer(page, "cheapest"))) > before * 1.2}`, /true/);
  await field(page, "zones").selectOption("2");
  await shows(page.getByTestId("fleet"), /zones 15 · 15/);
});

visit("Spot, a Savings Plan and free volumes each lower the price", {}, async (page) => {
  const cheapest = () => dollars(answer(page, "cheapest"));
  const full = await cheapest();
  await field(page, "pricing.savingsPlanPercent").fill("30");
  await shows(async () => `${(await cheapest()) < full * 0.85}`, /true/);
  await field(page, "pricing.savingsPlanPercent").fill("130");
  await shows(page.locator(".inputs .messages .error"), /130/);
  await field(page, "pricing.savingsPlanPercent").fill("");
  await shows(async () => `${await cheapest()}`, new RegExp(`^${full}$`));
  await page.getByLabel("Count each instance's volume").uncheck();
  await shows(async () => `${(await cheapest()) < full}`, /true/);
  await page.getByLabel("Count each instance's volume").check();
  await field(page, "pricing.purchaseOption").selectOption("SPOT");
  await shows(async () => `${(await cheapest()) < full * 0.75}`, /true/);
});

visit("discounts and own prices lower the price, and lines that cannot be read stay", {}, async (page) => {
  const cheapest = () => dollars(answer(page, "cheapest"));
  const full = await cheapest();
  await field(page, "pricing.ec2DiscountPercent").fill("10");
  await shows(async () => `${(await cheapest()) < full * 0.95}`, /true/);
  await field(page, "pricing.ec2DiscountPercent").fill("");
  await page.locator(".own-prices summary").click();
  const prices = field(page, "pricing.instancePrices");
  await prices.fill("Type,Price\nt4g.small,0.004");
  await shows(async () => `${(await cheapest()) < full * 0.7}`, /true/);
  await prices.fill("Type,Price\nt4g.small,0.004\nt4g.smal,0.004\nm7g.large cheap");
  const said = page.locator(".own-prices .messages");
  await shows(said, /did you mean t4g\.small/);
  await shows(said, /cheap is not a price/);
  assert.match(await prices.inputValue(), /^Type,Price\nt4g\.small,0\.004\n/);
});
