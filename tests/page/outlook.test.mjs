// What is foreseen beside the plan: the range, other settings, tighter requirements, sizes, the
// comparison and deployments. Figures are compared with what the module says of the same scenario.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { LOOKS, PHONE } from "./chromium.mjs";
import { violations } from "./accessible.mjs";
import { answer, field, foreseen, kept, outlook, report, row, shows, tab, take, visits } from "./workbench.mjs";

const visit = visits();
const shop = readFileSync(new URL("../scenarios/managed-a-shop.json", import.meta.url), "utf8");
const worker = readFileSync(new URL("../../www/worker.js", import.meta.url), "utf8");
const TABS = ["what-if", "requirements", "sizes", "range", "compare", "deployment", "timeline", "placement", "types", "why", "problems"];

/** Money a month as the page says it. */
function month(microUsd) {
  const usd = microUsd / 1e6;
  return `$${usd >= 9.995 || usd === 0 ? Math.round(usd).toLocaleString("en-US") : usd.toFixed(2)}`;
}
/** The worker, with `branch` before the one that works out a part. */
function withWorker(page, branch) {
  const place = "} else if (data.part) {";
  assert.ok(worker.includes(place));
  const body = worker.replace(place, `${branch}\n    ${place}`);
  return page.context().route("**/www/worker.js", (route) =>
    route.fulfill({ contentType: "text/javascript", body }),
  );
}

const quoted = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const whatIf = (page, code) => page.locator(`[data-testid=what-if][data-code="${code}"]`);

async function open(page, scenario) {
  await take(page, scenario);
  await shows(answer(page, "predicted"), /\/month/);
  await foreseen(page);
}

visit("the range is told and drawn, and says how sure it is", {}, async (page) => {
  await open(page, shop);
  const { range, sensitivity } = await outlook(page, "range", "sensitivity");
  const { cheapest } = await report(page);
  const [least, most] = [cheapest.fleet.cost, range.dearest.cost].map((cost) => month(cost.totalMicroUsdPerMonth));
  const place = page.getByTestId("range");
  await shows(place, new RegExp(quoted(`Between ${least} and ${most} a month: these requirements admit ${range.admittedTypes} types`)));
  await shows(place, sensitivity.sure ? /^Sure\./m : /^Not sure\./m);
  const labels = await place.locator("svg text").allTextContents();
  assert.ok(labels.some((text) => text.includes(`predicted`)), labels.join(", "));
  assert.ok(labels.some((text) => text.includes(most)), labels.join(", "));
  await shows(place.locator("figcaption"), /equal ratios/);
  await tab(page, "range");
  assert.equal(await page.getByTestId("exposure").locator("tbody tr").count(), range.services.length);
});

visit("the first figures are there before the last, and typing waits for none of them", {
  // The last part never comes.
  prepare: (page) => withWorker(page, "} else if (data.part === 'taskSizes') {"),
}, async (page) => {
  await shows(page.getByTestId("range"), /Between \$/);
  await shows(page.getByTestId("what-ifs"), /Apply/);
  await tab(page, "sizes");
  await shows(page.locator("#tab-panel"), /Being worked out…/);
  await field(page, "services[0].desiredCount").fill("12");
  await shows(answer(page, "predicted"), /12 × t4g\.small/);
  // The worker that never answers is replaced, and what it owed is that of the older scenario.
  const { range } = await outlook(page, "range");
  await shows(page.getByTestId("range"), new RegExp(quoted(`and ${month(range.dearest.cost.totalMicroUsdPerMonth)} a month`)));
  assert.equal(await page.getByTestId("range").getAttribute("data-whole"), "false");
});

visit("what belongs to an older scenario is dropped, and what is old is dimmed until then", {}, async (page) => {
  await foreseen(page);
  const count = field(page, "services[0].desiredCount");
  for (const text of ["9", "99", "990", "99", "45"]) await count.fill(text);
  await foreseen(page);
  const { whatIfs } = await outlook(page, "whatIfs");
  const saving = whatIfs.filter((it) => it.saving.nanoUsdPerHour > 0 && it.unplaced.length === 0);
  const shown = await page.getByTestId("what-ifs").locator("h4").allInnerTexts();
  assert.deepEqual(shown, saving.map((it) => it.title));
  assert.equal(await page.locator("#tab-panel .stale").count(), 0);
});

visit("one click applies a what-if, and what was promised is what is predicted; one takes it back", {}, async (page) => {
  await open(page, shop);
  const before = await kept(page);
  const { whatIfs } = await outlook(page, "whatIfs");
  const promised = whatIfs.find((it) => it.saving.nanoUsdPerHour > 0 && it.unplaced.length === 0);
  const place = whatIf(page, promised.code);
  await shows(place, new RegExp(quoted(`−${month(promised.saving.microUsdPerMonth)}`)));
  await place.getByRole("button", { name: `Apply: ${promised.title}` }).click();
  const cost = month(promised.fleet.cost.totalMicroUsdPerMonth);
  await shows(answer(page, "predicted").locator(".month"), new RegExp(`^${quoted(cost)}$`));
  await shows(page.locator(".proposal-note"), /Applied: \d+ fields? changed/);
  assert.deepEqual((await report(page)).predicted.fleet.mix, promised.fleet.mix);
  await foreseen(page);
  await shows(() => page.evaluate(() => document.activeElement.innerText), /^Take it back$/);
  await page.keyboard.press("Enter");
  await shows(async () => JSON.stringify(await kept(page)), new RegExp(quoted(JSON.stringify(before))));
});

visit("each other setting is there, those that save nothing are folded", {}, async (page) => {
  await open(page, shop);
  const { whatIfs } = await outlook(page, "whatIfs");
  const all = page.getByTestId("what-if");
  assert.equal(await all.count(), whatIfs.length);
  const good = whatIfs.filter((it) => it.saving.nanoUsdPerHour > 0 && it.unplaced.length === 0).length;
  assert.equal(await page.locator("[data-testid=what-if]:visible").count(), good);
  await page.locator(".folded > summary").last().click();
  assert.equal(await page.locator("[data-testid=what-if]:visible").count(), whatIfs.length);
  // A setting whose path is a bare word in the document.
  const bare = JSON.parse(shop);
  bare.capacity = "managedInstances";
  await open(page, JSON.stringify(bare));
  const { whatIfs: others } = await outlook(page, "whatIfs");
  const disk = others.find((it) => it.code === "disk.smallest");
  await whatIf(page, disk.code).getByRole("button", { name: /^Apply/ }).click();
  await shows(answer(page, "predicted").locator(".month"), new RegExp(`^${quoted(month(disk.fleet.cost.totalMicroUsdPerMonth))}$`));
  assert.equal((await kept(page)).capacity.managedInstances.storageConfiguration.storageSizeGiB, disk.changes[0].after);
});

visit("tighter requirements: a diff, the new range, and the user's tolerance", {}, async (page) => {
  await open(page, shop);
  await tab(page, "requirements");
  const { tightenings } = await outlook(page, "tightenings");
  const card = (kind) => page.locator(`[data-testid=tightening][data-kind=${kind}]`);
  assert.equal(await page.getByTestId("tightening").count(), tightenings.length);
  const list = tightenings.find((it) => it.kind === "allowedInstanceTypes");
  for (const change of list.changes) {
    await shows(card("allowedInstanceTypes").locator(".diff"), new RegExp(quoted([change.after].flat().join(", "))));
  }
  await shows(card("allowedInstanceTypes"), new RegExp(quoted(`${month(list.dearest.totalMicroUsdPerMonth)}`)));
  await field(page, "advice.tolerancePercent").fill("400");
  await field(page, "advice.fallbackTypes").fill("5");
  await foreseen(page);
  assert.deepEqual((await kept(page)).advice, { tolerancePercent: 400, fallbackTypes: 5 });
  const { tightenings: wider } = await outlook(page, "tightenings");
  const other = wider.find((it) => it.kind === "allowedInstanceTypes");
  assert.ok(other.fallbackTypes >= 5);
  await card("allowedInstanceTypes").getByRole("button", { name: /^Apply/ }).click();
  await shows(page.locator(".funnel-total").last(), new RegExp(`Admitted\\s+${other.admittedTypes}$`));
  await field(page, "advice.fallbackTypes").fill("none");
  await shows(page.locator(".wishes .messages"), /none/);
});

visit("sizes: the curve, its table, and the better size by one click", {}, async (page) => {
  await foreseen(page);
  await tab(page, "sizes");
  const { taskSizes } = await outlook(page, "taskSizes");
  const [{ memory }] = taskSizes;
  const curve = page.locator("[data-amount=MiB]");
  await curve.locator("summary").click();
  assert.equal(await curve.locator("tbody tr").count(), memory.steps.length);
  await shows(curve.locator("tr.now"), new RegExp(memory.now.toLocaleString("en-US").slice(0, 1)));
  await curve.getByRole("button", { name: /^Apply/ }).click();
  await shows(async () => `${(await kept(page)).services[0].taskDefinition.memory}`, new RegExp(`^${memory.better.size}$`));
  const cost = month(memory.better.fleet.cost.totalMicroUsdPerMonth);
  await shows(answer(page, "predicted").locator(".month"), new RegExp(`^${quoted(cost)}$`));
});

visit("the comparison says what each figure includes, and why a place is no choice", {}, async (page) => {
  await open(page, shop);
  await tab(page, "compare");
  const { comparison } = await outlook(page, "comparison");
  const places = page.getByTestId("comparison").locator(".place");
  assert.equal(await places.count(), comparison.rows.length);
  for (const [at, place] of comparison.rows.entries()) {
    const text = await places.nth(at).innerText();
    if (place.cost) assert.ok(text.includes(month(place.cost.totalMicroUsdPerMonth)), text);
    for (const { reason } of place.cannot) assert.ok(text.includes(reason), text);
  }
  await shows(page.locator(".growth-key"), new RegExp(quoted(comparison.rows[0].title)));
  assert.equal(await page.getByTestId("crossovers").locator("li").count(), comparison.crossovers.length);
});

visit("a deployment at its peak, and one that is stuck", {}, async (page) => {
  await foreseen(page);
  await tab(page, "deployment");
  const { deployment } = await outlook(page, "deployment");
  await shows(page.getByTestId("deployment"), new RegExp(`At the peak\\s+${deployment.peak.instances} instances`));
  await row(page, 0).getByRole("button", { name: "Open the rest of web" }).click();
  await field(page, "services[0].deploymentConfiguration.maximumPercent").fill("100");
  await shows(page.getByTestId("deployment-services"), /Stuck/);
  await field(page, "services[0].deploymentConfiguration.minimumHealthyPercent").fill("50");
  await shows(page.getByTestId("deployment-services"), /^(?!.*Stuck)/s);
  await page.getByLabel("The revision that runs now has another size").check();
  await field(page, "services[0].runningTaskDefinition.memory").fill("2 GB");
  await foreseen(page);
  const { deployment: other } = await outlook(page, "deployment");
  await shows(page.getByTestId("deployment").locator(".stage").first(), new RegExp(`^Before\\s+${other.before.instances} instances`));
  assert.equal((await kept(page)).services[0].runningTaskDefinition.runtimePlatform.cpuArchitecture, "ARM64");
});

visit("tasks are shared with Spot; the fleet names its providers, and its cost adds up", {}, async (page) => {
  await page.getByTestId("add-provider").click();
  await shows(page.getByTestId("fleet"), /· spot/);
  await field(page, "capacityProviderStrategy[0].base").fill("6");
  await field(page, "capacityProviders[1].name").fill("cheap");
  await shows(page.getByTestId("fleet"), /· cheap/);
  const scenario = await kept(page);
  assert.deepEqual(scenario.capacityProviderStrategy, [
    { base: 6, capacityProvider: "on-demand", weight: 1 },
    { capacityProvider: "cheap", weight: 3 },
  ].map((item) => expectKeys(item)));
  await shows(page.locator(".understood", { hasText: "tasks:" }), /tasks: on-demand 12, cheap 18/);
  const sum = answer(page, "predicted").locator("details.arithmetic").first();
  await sum.locator("summary").click();
  const lines = await sum.locator("tr").evaluateAll((rows) => rows.map((line) => line.cells[2].innerText));
  const money = lines.map((text) => Number(text.replace(/[$,]/g, "")));
  const [hour, ...parts] = [money.at(-2), ...money.slice(0, -2)];
  assert.ok(Math.abs(parts.reduce((a, b) => a + b, 0) - hour) < 1e-4, `${parts} make ${hour}`);
  await page.getByTestId("fleet").getByRole("button", { name: "Table" }).click();
  await shows(page.getByTestId("fleet").locator("thead"), /Provider/);
  await page.getByRole("button", { name: "Remove provider cheap" }).click();
  await page.getByRole("button", { name: "Remove provider on-demand" }).click();
  await shows(page.getByTestId("fleet").locator("thead"), /^(?!.*Provider)/s);
  assert.equal((await kept(page)).capacityProviderStrategy, undefined);
});

/** As JSON keeps it: keys in the order of their names. */
function expectKeys(item) {
  return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
}

visit("instances that run already are filled first", {}, async (page) => {
  await page.getByTestId("add-running").click();
  await shows(async () => JSON.stringify((await kept(page)).capacity.managedInstances.runningInstances), /t4g\.small/);
  await field(page, "capacity.managedInstances.runningInstances[0].instanceType").fill("m6g.4xlarge");
  await field(page, "capacity.managedInstances.runningInstances[0].count").fill("1");
  await shows(answer(page, "predicted"), /m6g\.4xlarge/);
});

visit("types that have run out are fallen back from", {}, async (page) => {
  await page.getByTestId("add-exhausted").click();
  await shows(async () => JSON.stringify((await kept(page)).capacity.managedInstances.exhaustedPools), /t4g\.small/);
  await shows(answer(page, "predicted"), /15 × t4g\.medium/);
  await field(page, "capacity.managedInstances.exhaustedPools[0].zones").fill("use1-az4");
  await shows(answer(page, "predicted"), /t4g\.small[^]*t4g\.medium/);
  await page.getByLabel("Remove types that have run out 1").click();
  await shows(answer(page, "predicted"), /30 × t4g\.small/);
});

visit("an advice leads to its reason", {}, async (page) => {
  await open(page, shop);
  const { advice } = await outlook(page, "advice");
  const list = page.getByTestId("advice").locator("[data-code]");
  if (advice.length === 0) return assert.equal(await list.count(), 0);
  assert.equal(await list.count(), advice.length);
  await list.first().getByRole("link", { name: /^Why/ }).click();
  await shows(() => page.evaluate(() => document.activeElement.id), new RegExp(`^reason:${quoted(advice[0].code)}$`));
  await shows(page.locator("#tab-panel"), new RegExp(quoted(advice[0].reason.slice(0, 40))));
});

visit("an Auto Scaling group has nothing of it to be foreseen", {}, async (page) => {
  await page.getByRole("button", { name: "Auto Scaling group" }).click();
  await shows(async () => `${await page.getByTestId("range").count()}`, /^0$/);
  await shows(page.locator("#tab-panel"), /only Managed Instances choose/);
});

visit("a part that breaks its worker is said to, and the answer stands", {
  prepare: (page) =>
    withWorker(page, "} else if (data.part) { self.postMessage({ id, broken: 'it met an error of its own' });"),
}, async (page) => {
  await shows(page.getByTestId("range"), /could not be worked out: it met an error of its own/);
  await field(page, "services[0].desiredCount").fill("7");
  await shows(answer(page, "predicted"), /7 × t4g\.small/);
});

// Axe takes its time: one look of each size, one of each colour.
for (const [look, options] of LOOKS.filter(([look]) => ["390-light", "1440-dark"].includes(look))) {
  visit(`${look}: no tab has a serious axe violation or is wider than the window`, options, async (page) => {
    await open(page, shop);
    for (const word of TABS) {
      await tab(page, word);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= options.viewport.width, `${word}: the page is ${wide} px wide`);
      assert.deepEqual(await violations(page), [], word);
    }
  });
}

visit("390: every tab can be scrolled to, and an edge shows that there are more", { viewport: PHONE }, async (page) => {
  const row = page.getByRole("tablist", { name: "More of the answer" });
  const scrolls = await row.evaluate((list) => list.scrollWidth > list.clientWidth);
  assert.ok(scrolls, "it is wider than the window");
  await page.getByTestId("tab-problems").click();
  const box = await page.getByTestId("tab-problems").boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= PHONE.width, "the last is in view");
});
