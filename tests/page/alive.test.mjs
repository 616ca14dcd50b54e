// The page answers while it plans: orders of events are compared, never times.

import assert from "node:assert/strict";

import { answer, field, report, shows, take, visits } from "./workbench.mjs";

const visit = visits();
const COUNT = "services[0].desiredCount";

/** Many services that share few types: as much as one page is asked to plan. */
function heavy(services) {
  return JSON.stringify({
    version: 1,
    name: "heavy",
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

/** Puts `script` in the place of the first workers; from `real` on it is the planner again. */
async function withWorkers(page, script, real) {
  let started = 0;
  await page.context().route("**/www/worker.js", (route) => {
    started += 1;
    return started < real
      ? route.fulfill({ contentType: "text/javascript", body: script })
      : route.continue();
  });
  return () => started;
}

visit("with 120 services the page draws what is typed before it is planned", {}, async (page) => {
  await take(page, heavy(120));
  await shows(page.locator(".answers:not(.stale)"), /instances, \d+ types/);
  const order = await page.evaluate(async (id) => {
    const seen = [];
    const input = document.getElementById(id);
    const answers = document.querySelector(".answers");
    const planned = new Promise((resolve) => {
      new MutationObserver(() => {
        if (!answers.classList.contains("stale")) resolve(seen.push("planned"));
      }).observe(answers, { attributes: true, attributeFilter: ["class"] });
    });
    for (const text of ["9", "99", "990"]) {
      input.value = text;
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
      // A frame that is drawn: the thread was free.
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const stale = answers.classList.contains("stale");
      seen.push(`${input.value} ${stale ? "being planned" : "at rest"}`);
    }
    await planned;
    return seen;
  }, `field:${COUNT}`);
  assert.deepEqual(order, ["9 being planned", "99 being planned", "990 being planned", "planned"]);
  assert.equal(await field(page, COUNT).inputValue(), "990");
  // What is shown is the plan of the newest figures, not of those in between.
  const { predicted } = await report(page);
  const { instances, mix } = predicted.fleet;
  const headline = `^${instances.toLocaleString("en-US")} instances, ${mix.length} types$`;
  await shows(answer(page, "predicted").locator(".mix"), new RegExp(headline));
});

const STUCK = `
  self.onmessage = ({ data }) => {
    if (data.regions) self.postMessage({ id: data.id, regions: "[]" });
    else for (;;);
  };`;

visit("a worker that is stuck is replaced by one that plans the newest scenario", {
  prepare: async (page) => {
    page.workersStarted = await withWorkers(page, STUCK, 2);
  },
  ready: (page) => page.locator(".answer .trouble").waitFor(),
}, async (page) => {
  await shows(page.locator(".answer"), /Planning…/);
  for (const count of ["4", "41", "12"]) await field(page, COUNT).fill(count);
  assert.equal(await field(page, COUNT).inputValue(), "12", "keys are answered meanwhile");
  await shows(answer(page, "predicted"), /12 × t4g\.small/);
  assert.ok(page.workersStarted() >= 2);
  // One plans, one works out the outlook.
  await shows(async () => `${page.workers().length}`, /^2$/);
  const regions = field(page, "region").locator("option");
  await shows(async () => `${(await regions.count()) >= 28}`, /true/);
});

const BREAKS = `
  self.onmessage = ({ data }) => {
    if (data.regions) self.postMessage({ id: data.id, regions: "[]" });
    else self.postMessage({ id: data.id, broken: "it met an error of its own (unreachable)" });
  };`;

visit("a planner that breaks says so, and the next change starts another", {
  prepare: (page) => withWorkers(page, BREAKS, 2),
  ready: (page) => page.locator(".answer .trouble.error").waitFor(),
}, async (page) => {
  await shows(page.locator(".answer .trouble"), /error of its own/);
  await field(page, COUNT).fill("6");
  await shows(answer(page, "predicted"), /6 × t4g\.small/);
  await shows(page.locator(".answer-head .trouble"), /^$/);
});
