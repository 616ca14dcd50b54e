// Rows come and go: services are added, copied, removed, opened for the rest of them, and every
// step can be taken back.

import assert from "node:assert/strict";

import { answer, field, kept, report, row, shows, tab, typeRows, visits } from "./workbench.mjs";

const visit = visits();

const names = async (page) => (await kept(page)).services.map((service) => service.name).join(" ");

visit("a service is added, copied, renamed and removed; undo and redo go the same way", {}, async (page) => {
  const undo = page.getByRole("button", { name: "Undo" });
  const redo = page.getByRole("button", { name: "Redo" });
  assert.ok(await undo.isDisabled(), "nothing to take back yet");
  await page.getByTestId("add-service").click();
  await row(page, 1).getByRole("button", { name: "Copy service" }).click();
  await field(page, "services[2].name").fill("api");
  await row(page, 1).getByRole("button", { name: "Remove service" }).click();
  assert.equal(await names(page), "web api");
  const there = ["web service api", "web service service-2", "web service", "web"];
  for (const expected of there) {
    await undo.click();
    await shows(() => names(page), new RegExp(`^${expected}$`));
    assert.equal(await page.getByTestId("service-row").count(), expected.split(" ").length);
  }
  assert.ok(await undo.isDisabled());
  for (let step = 0; step < 4; step += 1) await redo.click();
  await shows(() => names(page), /^web api$/);
  assert.ok(await redo.isDisabled());
  // With the keys, where no field has an undo of its own.
  await page.locator("h1").click();
  await page.keyboard.press("Control+z");
  await shows(() => names(page), /^web service api$/);
  await page.keyboard.press("Control+Shift+z");
  await shows(() => names(page), /^web api$/);
});

visit("a second service is drawn, listed and has a table of its own", {}, async (page) => {
  await page.getByTestId("add-service").click();
  await field(page, "services[1].name").fill("api");
  await field(page, "services[1].desiredCount").fill("7");
  const fleet = page.getByTestId("fleet");
  await shows(fleet.locator(".legend"), /web\s+api/);
  await fleet.getByRole("button", { name: "Table" }).click();
  const { predicted } = await report(page);
  const tasks = await fleet.locator(".task-count").allInnerTexts();
  const listed = predicted.fleet.groups.flatMap((group) =>
    group.tasks.map((task) => `${task.count} × ${task.service}`),
  );
  assert.deepEqual(tasks.map((text) => text.trim()), listed);
  const placed = predicted.fleet.groups.flatMap((group) =>
    group.tasks.filter((task) => task.service === "api").map((task) => task.count * group.count),
  );
  assert.equal(placed.reduce((sum, count) => sum + count, 0), 7, "every task is somewhere");
  await tab(page, "types");
  const services = page.getByRole("group", { name: "Service", exact: true });
  await services.getByRole("button", { name: "api" }).click();
  await shows(page.locator("#tab-panel"), /One task of api: 0\.25 vCPU, 512 MiB/);
});

visit("distinctInstance: each task gets an instance of its own", {}, async (page) => {
  await tab(page, "types");
  await field(page, "services[0].desiredCount").fill("5");
  await row(page, 0).getByRole("button", { name: "Open the rest of web" }).click();
  await page.getByLabel("Each task on an instance of its own").check();
  await shows(answer(page, "cheapest").locator(".mix"), /^5 × \S+$/);
  await shows(page.getByTestId("types-table").locator("thead"), /distinct/);
  for (const cells of await typeRows(page)) assert.equal(cells.at(-3), "1");
  await page.getByLabel("Each task on an instance of its own").uncheck();
  await shows(page.getByTestId("types-table").locator("thead"), /^(?!.*distinct)/s);
});

visit("a host port: one task of it on an instance", {}, async (page) => {
  await tab(page, "types");
  await page.getByRole("button", { name: "Auto Scaling group" }).click();
  await field(page, "services[0].taskDefinition.networkMode").selectOption("bridge");
  await row(page, 0).getByRole("button", { name: "Open the rest of web" }).click();
  await page.getByRole("button", { name: "Add a container" }).click();
  await page.getByRole("button", { name: "Add a port" }).click();
  await shows(page.getByTestId("types-table").locator("thead"), /by port/);
  const { services } = await report(page);
  assert.ok(services[0].types.every((type) => type.tasks === 1));
  await page.getByLabel("Host port").fill("");
  await shows(page.getByTestId("types-table").locator("thead"), /^(?!.*by port)/s);
  await page.getByLabel("Host port").fill("70000");
  await shows(row(page, 0).locator(".messages .error"), /70000.*65,?535/);
});

visit("services kept apart share no instance, also after one is renamed", {}, async (page) => {
  await page.getByTestId("add-service").click();
  await field(page, "services[1].name").fill("db");
  await row(page, 0).getByRole("button", { name: "Open the rest of web" }).click();
  await row(page, 0).getByLabel("db", { exact: true }).check();
  await field(page, "services[1].name").fill("store");
  await shows(page.getByTestId("fleet").locator(".legend"), /store/);
  assert.deepEqual((await kept(page)).services[0].apartFrom, ["store"]);
  const { predicted, cheapest } = await report(page);
  for (const group of [...predicted.fleet.groups, ...cheapest.fleet.groups]) {
    assert.equal(group.tasks.length, 1, "one service on each instance");
  }
});

visit("a daemon takes its part of every instance", {}, async (page) => {
  await tab(page, "types");
  const before = await typeRows(page);
  await page.getByRole("button", { name: "Add a daemon" }).click();
  await field(page, "daemons[0].taskDefinition.memory").fill("4 GB");
  const small = (rows) => rows.some((cells) => cells[1] === "t4g.small");
  assert.ok(small(before));
  await shows(async () => `${small(await typeRows(page))}`, /^false$/);
  await shows(page.locator(".funnel"), /Room for the daemons\s+−\d+/);
  await page.getByRole("button", { name: "Remove daemon" }).click();
  await shows(async () => `${small(await typeRows(page))}`, /^true$/);
});
