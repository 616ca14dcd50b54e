// How a cluster is set up, and where its tasks go: forms that write ECS's words, and decisions
// that are followed step by step.

import assert from "node:assert/strict";

import { violations } from "./accessible.mjs";
import { LOOKS } from "./chromium.mjs";
import { SPIKE } from "./spike.mjs";
import { answer, becomes, field, kept, outlook, placement, shows, tab, take, visits } from "./workbench.mjs";

const visit = visits();
const GROUP = "capacity.autoScalingGroup";
const WEB = "services[0]";

async function open(page, scenario = SPIKE) {
  await take(page, JSON.stringify(scenario));
  await shows(answer(page, "cheapest"), /\/month/);
}

/** Opens the rest of the first service, and all that is folded in the inputs. */
async function unfold(page) {
  await page.getByRole("button", { name: "Open the rest of web" }).click();
  for (const folded of await page.locator(".inputs details.folded").all()) {
    await folded.evaluate((it) => it.setAttribute("open", ""));
  }
}

visit("a group has its size, its scaling and its attributes", {}, async (page) => {
  await open(page);
  await unfold(page);
  await field(page, `${GROUP}.minSize`).fill("1");
  await field(page, `${GROUP}.maxSize`).fill("");
  await field(page, `${GROUP}.managedScaling.targetCapacity`).fill("80");
  await field(page, `${GROUP}.managedScaling.instanceWarmupPeriod`).fill("60");
  await field(page, `${GROUP}.managedTerminationProtection`).check();
  await field(page, `${GROUP}.newInstancesProtectedFromScaleIn`).check();
  await field(page, `${GROUP}.attributes`).pressSequentially("disk=ssd, tier=");
  assert.equal(await field(page, `${GROUP}.attributes`).inputValue(), "disk=ssd, tier=");
  await becomes(async () => (await kept(page)).capacity.autoScalingGroup, {
    instanceTypes: ["t3.medium"],
    minSize: 1,
    desiredCapacity: 3,
    managedScaling: { targetCapacity: 80, instanceWarmupPeriod: 60 },
    managedTerminationProtection: "ENABLED",
    newInstancesProtectedFromScaleIn: true,
    attributes: { disk: "ssd", tier: "" },
  });
  await field(page, `${GROUP}.managedScaling.targetCapacity`).fill("0");
  await shows(page.locator(".inputs .messages .error"), /0 is not a target capacity/);
  await field(page, `${GROUP}.managedScaling.status`).uncheck();
  assert.equal(await field(page, `${GROUP}.managedScaling.targetCapacity`).count(), 0);
});

visit("a strategy is a template of the console or rules in an order of one's own", {}, async (page) => {
  await open(page);
  await unfold(page);
  const strategy = field(page, `${WEB}.placementStrategy`);
  await strategy.selectOption({ label: "AZ balanced binpack" });
  const zones = { type: "spread", field: "attribute:ecs.availability-zone" };
  const memory = { type: "binpack", field: "memory" };
  const cpu = { type: "binpack", field: "cpu" };
  const rules = async () => (await kept(page)).services[0].placementStrategy;
  await becomes(rules, [zones, memory]);
  await strategy.selectOption({ label: "Rules of its own" });
  await becomes(rules, [zones, memory, cpu]);
  await page.getByRole("button", { name: "Move rule 3 up" }).click();
  await page.getByRole("button", { name: "Remove rule 1" }).click();
  await becomes(rules, [cpu, memory]);
  await page.getByLabel("Rule 2", { exact: true }).selectOption({ label: "spread over an attribute" });
  await page.getByLabel("Attribute of rule 2", { exact: true }).fill("rack");
  await becomes(rules, [cpu, { type: "spread", field: "attribute:rack" }]);
  await strategy.selectOption({ label: "ECS's default" });
  await becomes(rules, undefined);
});

visit("an expression that cannot be read is told in its place, once", {}, async (page) => {
  await open(page);
  await unfold(page);
  await page.getByRole("button", { name: "Add a memberOf constraint" }).click();
  const path = `${WEB}.placementConstraints[0].expression`;
  await field(page, path).fill("attribute:ecs.instance-type ==");
  await shows(page.locator(".expressions .error"), /\S/);
  assert.equal(await page.locator(`[id="about:${path}"]`).count(), 1);
  assert.equal(await field(page, path).getAttribute("aria-invalid"), "true");
  await field(page, path).fill("attribute:ecs.instance-type == t3.medium");
  await shows(async () => `${await page.locator(".inputs .messages .error").count()}`, /^0$/);
  await field(page, `${WEB}.placementConstraints`).check();
  await becomes(async () => (await kept(page)).services[0].placementConstraints, [
    { type: "memberOf", expression: "attribute:ecs.instance-type == t3.medium" },
    { type: "distinctInstance" },
  ]);
});

visit("load and policies are written in ECS's words", {}, async (page) => {
  await open(page);
  await unfold(page);
  const load = async () => (await kept(page)).services[0].load;
  const curve = field(page, `${WEB}.load.requestsPerMinute`);
  await curve.selectOption({ label: "a day, again and again" });
  await becomes(async () => (await load()).requestsPerMinute, { daily: { low: 1400, high: 4200, peakMinute: 840 } });
  await curve.selectOption({ label: "pasted CSV" });
  await field(page, `${WEB}.load.requestsPerMinute.csv`).fill("100\n200");
  await becomes(load, { requestsPerMinute: { csv: "100\n200" }, requestsPerMinutePerTask: 600 });
  await curve.selectOption({ label: "steps" });
  await page.getByRole("button", { name: "Add a point" }).click();
  await becomes(async () => (await load()).requestsPerMinute.steps.length, 3);
  await page.getByRole("button", { name: "Track a target" }).click();
  const target = `${WEB}.autoScaling.scalingPolicies[1].targetTracking.targetValue`;
  await field(page, target).fill("500");
  await page.getByRole("button", { name: "Scale by steps" }).click();
  const policies = async () => (await kept(page)).services[0].autoScaling?.scalingPolicies;
  await becomes(async () => (await policies())[2]?.stepScaling.stepAdjustments.length, 1);
  assert.equal((await policies())[1].targetTracking.targetValue, 500);
  await page.getByRole("button", { name: "Remove policy 2" }).click();
  await becomes(async () => (await policies()).length, 2);
  await field(page, `${WEB}.launchType`).selectOption("EC2");
  await field(page, `${WEB}.availabilityZoneRebalancing`).uncheck();
  await becomes(async () => {
    const service = (await kept(page)).services[0];
    return [service.launchType, service.availabilityZoneRebalancing];
  }, ["EC2", "DISABLED"]);
  await field(page, `${WEB}.autoScaling`).uncheck();
  await becomes(policies, undefined);
});

visit("what Managed Instances do not know is not asked for", {}, async (page) => {
  await page.getByRole("button", { name: /^Open the rest of/ }).first().click();
  for (const legend of ["Load", "Service auto scaling"]) {
    assert.equal(await page.getByText(legend, { exact: true }).count(), 0, legend);
  }
  await tab(page, "placement");
  await shows(page.locator("#tab-panel"), /Managed Instances place tasks by themselves/);
  await page.getByRole("button", { name: "Run it on an Auto Scaling group" }).click();
  await page.locator("[data-testid=placement][data-here=true]").waitFor();
  assert.ok((await kept(page)).capacity.autoScalingGroup);
});

visit("where tasks go, and why not elsewhere", {}, async (page) => {
  const full = structuredClone(SPIKE);
  full.services[0].desiredCount = 9;
  full.capacity.autoScalingGroup.maxSize = 3;
  await open(page, full);
  await tab(page, "placement");
  await page.locator("[data-testid=placement][data-here=true]").waitFor();
  const { services, decisions, containerInstances } = await placement(page);
  const card = page.locator("[data-service=web]");
  const [web] = services;
  assert.ok(web.unplaced > 0, "not all find room");
  await shows(card, new RegExp(`${web.before + web.placed} of 9 tasks placed; ${web.unplaced} waits? in PROVISIONING`));
  for (const { reason, text } of web.rejections) {
    const shown = await card.innerText();
    assert.ok(shown.includes(reason) && shown.includes(text), reason);
  }
  const drawn = await page.getByTestId("placement").locator(".instance-name strong").allInnerTexts();
  assert.equal(drawn.reduce((all, text) => all + Number.parseInt(text, 10), 0), containerInstances.length);
  const first = page.getByTestId("decisions").locator(":scope > li").first();
  await shows(first, new RegExp(`${decisions[0].service} 1`));
  for (const { rule } of decisions[0].steps) assert.ok((await first.innerText()).includes(rule));
  const more = page.getByRole("button", { name: /^Show more of/ });
  if (await more.count()) await more.click();
  const nowhere = page.locator(".decisions .nowhere").first();
  await nowhere.locator("summary").click();
  await shows(nowhere, /RESOURCE:/);
});

visit("the types of a group are compared, and a choice applied", {}, async (page) => {
  const wide = structuredClone(SPIKE);
  wide.capacity.autoScalingGroup.instanceTypes = ["m5.large", "t3.medium", "t3.nano"];
  await open(page, wide);
  await tab(page, "compare");
  const choice = page.getByTestId("group-choice");
  await choice.locator("[data-part=group]:not(.stale) .proposal").first().waitFor();
  const { group } = await outlook(page, "group");
  const titles = await choice.locator("h4").allInnerTexts();
  assert.ok(titles[0].startsWith(`${group.single[0].instances} × ${group.single[0].instanceTypes[0]}`), titles[0]);
  const option = group.single.find(({ changes }) => changes.length > 0);
  await choice.locator(`[data-types="${option.instanceTypes.join(" ")}"] .apply`).first().click();
  await shows(async () => JSON.stringify((await kept(page)).capacity.autoScalingGroup.instanceTypes), new RegExp(option.instanceTypes[0].replace(".", "\\.")));
});

for (const [look, options] of LOOKS) {
  visit(`${look}: forms and placement fit, and have no serious axe violations`, options, async (page) => {
    await open(page);
    await unfold(page);
    await page.getByRole("button", { name: "Add a memberOf constraint" }).click();
    await page.getByRole("button", { name: "Scale by steps" }).click();
    await tab(page, "placement");
    await page.locator("[data-testid=placement][data-here=true]").waitFor();
    assert.deepEqual(await violations(page), []);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= options.viewport.width, `the page is ${wide} px wide`);
  });
}
