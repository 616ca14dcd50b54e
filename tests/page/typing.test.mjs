// Typing figures: the answer, the fleet and the table follow, what was understood is said, and a
// value that cannot be is told beside its field while the rest stays planned.

import assert from "node:assert/strict";

import { answer, field, kept, report, row, said, shows, tab, take, typeRows, visits } from "./workbench.mjs";

const visit = visits();
const CPU = "services[0].taskDefinition.cpu";
const MEMORY = "services[0].taskDefinition.memory";
const COUNT = "services[0].desiredCount";

visit("a count is followed by the answer, the fleet and the price", {}, async (page) => {
  await field(page, COUNT).fill("12");
  await shows(answer(page, "predicted"), /^ECS would launch\s+12 × t4g\.small/);
  await shows(page.getByTestId("fleet").locator(".instance-name"), /^12 × t4g\.small$/);
  await shows(page.getByTestId("fleet"), /zones 4 · 4 · 4/);
  const { predicted, cheapest, fargate } = await report(page);
  for (const [which, cost] of [
    ["predicted", predicted.fleet.cost],
    ["cheapest", cheapest.fleet.cost],
    ["fargate", fargate.cheapest],
  ]) {
    const dollars = Math.round(cost.totalMicroUsdPerMonth / 1e6);
    await shows(answer(page, which).locator(".month"), new RegExp(`^\\$${dollars}$`));
  }
});

visit("CPU and memory are read in the units that people type", {}, async (page) => {
  await tab(page, "types");
  await field(page, CPU).fill("2 vCPU");
  await field(page, MEMORY).fill("3 GB");
  await shows(row(page, 0).locator(".at-cpu .understood"), /^2,048 units$/);
  await shows(row(page, 0).locator(".at-memory .understood"), /^3,072 MiB$/);
  await shows(page.locator("#tab-panel"), /One task of web: 2 vCPU, 3 GiB, 1 ENI/);
  // Two vCPUs leave room for one task on the types with two of them.
  const large = (await typeRows(page)).find((cells) => cells[1] === "m6g.large");
  assert.deepEqual(large.slice(2, 8), ["2", "8 GiB", "1 CPU binds", "2", "10", "1"]);
  await field(page, CPU).fill("0.5 vCPU");
  await field(page, MEMORY).fill("1 GiB");
  await shows(row(page, 0).locator(".at-cpu .understood"), /^512 units$/);
  await shows(answer(page, "predicted"), /30 × t4g\.small/);
  const { taskDefinition } = (await kept(page)).services[0];
  assert.equal(taskDefinition.cpu, "0.5 vCPU", "what is typed stays as it was typed");
});

for (const [path, value, limit] of [
  [COUNT, "-3", /-3 is not a number of tasks: .* from 0 to 100,000/],
  [COUNT, "many", /many is not a number of tasks: .* from 0 to 100,000/],
  [COUNT, "99999999999999999999", /9{20} is not a number of tasks: .* from 0 to 100,000/],
  [CPU, "0", /0/],
  [CPU, "fast", /fast is not an amount of CPU: .* from 0 to 196,608/],
  [MEMORY, "-1", /-1 is not an amount of memory: MiB from 0 to/],
  [MEMORY, "12 parsecs", /12 parsecs is not an amount of memory: .*"1 GB"/],
  [MEMORY, "900000", /900,000 MiB.* has [\d,]+ MiB/],
]) {
  const name = `${path.split(".").at(-1)} ${value}: told beside the field, and mended by typing`;
  visit(name, {}, async (page) => {
    await page.getByTestId("add-service").click();
    await shows(page.getByTestId("fleet"), /service/);
    await field(page, path).fill(value);
    await shows(row(page, 0).locator(".messages .error"), limit);
    assert.equal(await field(page, path).inputValue(), value, "the text stays as it was typed");
    assert.equal(await row(page, 1).locator(".messages").count(), 0, "the other row is innocent");
    // Whatever happens to this row, the page has an answer with the other one in it.
    assert.match(await answer(page, "cheapest").innerText(), /\/month/);
    assert.match(await page.getByTestId("fleet").innerText(), /service/);
    const invalid = page.locator('.service-row [aria-invalid="true"]');
    await invalid.first().waitFor();
    await page.getByTestId("tab-problems").click();
    await shows(page.locator("#tab-panel"), limit);
    await field(page, path).fill("512");
    await shows(async () => `${await row(page, 0).locator(".messages .error").count()}`, /^0$/);
  });
}

visit("the last good answer stays while a value cannot be read", {}, async (page) => {
  const before = await answer(page, "predicted").innerText();
  await field(page, COUNT).fill("3o");
  await shows(page.locator(".trouble"), /last good answer/);
  assert.equal(await answer(page, "predicted").innerText(), before);
  assert.equal(await page.locator(".answers.stale").count(), 1, "dimmed");
  await field(page, COUNT).fill("31");
  await shows(answer(page, "predicted"), /31 × t4g\.small/);
  assert.equal(await page.locator(".answers.stale").count(), 0);
});

visit("a task that fits nowhere leaves the others planned", {}, async (page) => {
  await page.getByTestId("add-service").click();
  await field(page, "services[1].taskDefinition.memory").fill("900 GiB");
  await shows(row(page, 1).locator(".messages .error"), /921,600 MiB.* has [\d,]+ MiB/);
  await shows(answer(page, "predicted"), /30 × t4g\.small/);
  assert.equal(await said(page, "services[0]").count(), 0);
});

visit("no services, no tasks: said, and not an error of the page", {}, async (page) => {
  await field(page, COUNT).fill("0");
  await shows(answer(page, "cheapest"), /No tasks, no instances/);
  await row(page, 0).getByRole("button", { name: "Remove web" }).click();
  await shows(page.locator(".inputs"), /Nothing runs yet/);
  await shows(page.locator(".answer"), /Nothing to run yet/);
  await take(page, "{}");
  await shows(page.locator(".answer"), /Nothing to run yet/);
});
