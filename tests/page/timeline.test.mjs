// The timeline: scrubbed through by keys and pointer, figures compared with the module's, stories
// as one step of the history, and a keystroke that ends a simulation.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { violations } from "./accessible.mjs";
import { LOOKS } from "./chromium.mjs";
import { SPIKE } from "./spike.mjs";
import { answer, at, becomes, field, kept, shows, simulated, tab, take, timeline, visits } from "./workbench.mjs";

const visit = visits();
const worker = readFileSync(new URL("../../www/worker.js", import.meta.url), "utf8");
const number = (value) => value.toLocaleString("en-US");
const clock = (minute) =>
  `${String(Math.floor((540 + minute) / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const scrubber = (page) => page.getByTestId("scrubber");
const minute = async (page) => Number(await scrubber(page).getAttribute("aria-valuenow"));

/** A figure of the read-out: `figure(page, "Tasks", "Running")`. */
function figure(page, which, name) {
  const place = which === "Tasks" ? 0 : 1;
  const cells = page.getByTestId("readout").locator(".cells").nth(place);
  return cells.locator(`[data-figure="${name}"] dd`);
}

async function open(page, scenario = SPIKE) {
  await take(page, JSON.stringify(scenario));
  await shows(answer(page, "cheapest"), /\/month/);
  await tab(page, "timeline");
  await simulated(page);
}

visit("keys lead through the minutes, and every figure is that of the module", {}, async (page) => {
  await open(page);
  const told = await timeline(page);
  const { services, groups, events } = told;
  assert.ok(events.length > 5, "something happens");
  await scrubber(page).focus();
  const sum = (name, minute) => services.reduce((all, it) => all + at(it[name], minute), 0);
  const scrubbed = Math.floor(events.find((it) => it.kind === "groupScaledOut").second / 60);
  for (const [keys, expected] of [
    [["End"], 120],
    [["ArrowRight"], 120],
    [["Home"], 0],
    [["PageUp"], 10],
    [["Shift+ArrowRight"], 20],
    [["ArrowLeft", "ArrowLeft"], 18],
    [["PageDown"], 8],
    [["Home", ...Array(scrubbed).fill("ArrowRight")], scrubbed],
  ]) {
    for (const key of keys) await page.keyboard.press(key);
    await shows(async () => `${await minute(page)}`, new RegExp(`^${expected}$`));
    for (const [which, name, value] of [
      ["Tasks", "Desired", sum("desired", expected)],
      ["Tasks", "Running", sum("running", expected)],
      ["Tasks", "Waiting", sum("waiting", expected)],
      ["Tasks", "Requests", sum("load", expected)],
      ["Tasks", "Lost", sum("unserved", expected)],
      ["Instances", "Registered", at(groups[0].registered, expected)],
      ["Instances", "Launching", at(groups[0].launching, expected)],
      ["Instances", "Needed (M)", at(groups[0].needed, expected)],
    ]) {
      await shows(figure(page, which, name), new RegExp(`^${number(value)}$`));
    }
    const reservation = at(groups[0].reservationPerMille, expected);
    await shows(figure(page, "Instances", "Reservation"), new RegExp(`^${reservation / 10} %$`));
  }
  // What a screen reader hears is the minute and what was decided in it.
  const spoken = await scrubber(page).getAttribute("aria-valuetext");
  assert.ok(spoken.startsWith(`${clock(scrubbed)}: ${sum("desired", scrubbed)} tasks desired`), spoken);
  const decided = events.filter((it) => Math.floor(it.second / 60) === scrubbed);
  const said = await page.getByTestId("decided").innerText();
  for (const event of decided) assert.ok(said.includes(event.text), event.text);
});

visit("a finger or a pointer scrubs, and the list of events follows", {}, async (page) => {
  await open(page);
  const { events, happened } = await timeline(page);
  assert.equal(await page.getByTestId("events").locator("li").count(), events.length);
  assert.equal(happened, events.length);
  await scrubber(page).scrollIntoViewIfNeeded();
  const box = await scrubber(page).boundingBox();
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width / 4, y);
  await page.mouse.down();
  await shows(async () => `${await minute(page)}`, /^30$/);
  await page.mouse.move(box.x + box.width / 2, y);
  await shows(async () => `${await minute(page)}`, /^60$/);
  await page.mouse.up();
  await page.mouse.move(box.x + box.width / 8, y);
  assert.equal(await minute(page), 60, "only while it is held");
  const last = events.at(-1);
  await page.getByTestId("events").locator("li").last().click();
  await shows(async () => `${await minute(page)}`, new RegExp(`^${Math.floor(last.second / 60)}$`));
  const current = page.locator(".event-scroll [aria-current=time]").last();
  assert.ok((await current.innerText()).includes(last.text));
  const scrolled = await page.locator(".event-scroll").evaluate((it) => it.scrollTop);
  assert.ok(scrolled > 0, "the list follows");
});

visit("buttons lead from event to event, of one service or of all", {}, async (page) => {
  await open(page);
  const { events } = await timeline(page);
  const minutes = [...new Set(events.map(({ second }) => Math.floor(second / 60)))].filter((it) => it > 0);
  for (const expected of minutes.slice(0, 3)) {
    await page.getByTestId("next-event").click();
    await shows(async () => `${await minute(page)}`, new RegExp(`^${expected}$`));
  }
  await page.getByTestId("previous-event").click();
  await shows(async () => `${await minute(page)}`, new RegExp(`^${minutes[1]}$`));
  await page.getByRole("button", { name: "worker", exact: true }).click();
  const about = events.filter(({ service }) => service === null || service === 1);
  await shows(async () => `${await page.getByTestId("events").locator("li").count()}`, new RegExp(`^${about.length}$`));
  await shows(figure(page, "Tasks", "Desired"), /^1$/);
  assert.equal(await page.locator("[data-lane=load]").count(), 0, "nothing arrives at the worker");
});

visit("the cluster is shown at the minute that is stayed at", {}, async (page) => {
  await open(page);
  await scrubber(page).focus();
  await page.keyboard.press("End");
  await page.locator("[data-testid=cluster-at][data-minute='120']").waitFor();
  const { snapshot } = await timeline(page, 120);
  assert.equal(snapshot.minute, 120);
  const drawn = await page.getByTestId("cluster-at").locator(".instance-name strong").allInnerTexts();
  const count = drawn.reduce((all, text) => all + Number.parseInt(text, 10), 0);
  assert.equal(count, snapshot.containerInstances.length);
});

visit("a story takes the place of the scenario in one step, as told beside as it goes", {}, async (page) => {
  const before = await kept(page);
  await tab(page, "timeline");
  await shows(page.locator("#tab-panel"), /AWS does not document/);
  const ids = await page.locator("#story option").evaluateAll((all) => all.map((it) => it.value));
  assert.ok(ids.length > 4, ids.join(", "));
  await page.getByTestId("stories").selectOption("traffic-spike");
  await simulated(page);
  const rows = page.getByTestId("told").locator("tbody tr");
  const { services, groups } = await timeline(page);
  const moments = await rows.evaluateAll((all) => all.map((row) => [...row.cells].map((it) => it.innerText.trim())));
  assert.ok(moments.length > 3);
  for (const [time, , , instances, , running, , waiting] of moments) {
    const [hours, minutes] = time.split(":").map(Number);
    const minute = hours * 60 + minutes - 540;
    assert.equal(instances, `${at(groups[0].registered, minute)}`, time);
    assert.equal(running, `${at(services[0].running, minute)}`, time);
    assert.equal(waiting, `${at(services[0].waiting, minute)}`, time);
  }
  await shows(page.getByTestId("really"), /PROVISIONING/);
  await rows.nth(2).getByRole("button").click();
  await shows(page.locator(".timeline-now strong"), new RegExp(`^${moments[2][0]}$`));
  // A change makes it one's own; it can be told again.
  await field(page, "services[0].desiredCount").fill("3");
  await shows(page.getByTestId("story"), /not the story's any more/);
  await page.getByRole("button", { name: "Tell it again" }).click();
  await shows(async () => `${(await kept(page)).services[0].desiredCount}`, /^4$/);
  for (let step = 0; step < 3; step += 1) await page.getByRole("button", { name: "Undo" }).click();
  await becomes(() => kept(page), before);
});

visit("advice is applied where it stands, simulated anew, and taken back", {}, async (page) => {
  const risky = structuredClone(SPIKE);
  risky.capacity.autoScalingGroup.managedScaling = { targetCapacity: 80 };
  await open(page, risky);
  const before = await kept(page);
  const { advice } = await timeline(page);
  const proposed = advice.find(({ changes, severity }) => changes.length > 0 && severity !== "note");
  const item = page.getByTestId("timeline").locator(`[data-code="${proposed.code}"]`).first();
  await item.getByRole("button", { name: /^Apply/ }).click();
  await shows(page.getByTestId("timeline"), /Applied: \d+ fields? changed/);
  await simulated(page);
  assert.ok((await timeline(page)).advice.every(({ text }) => text !== proposed.text), "it has been heeded");
  await page.getByTestId("timeline").getByRole("button", { name: "Take it back" }).click();
  await becomes(() => kept(page), before);
  await simulated(page);
  // Why it is advised stands with all other reasons.
  await item.getByRole("link", { name: /^Why/ }).click();
  await shows(() => page.evaluate(() => document.activeElement.id), new RegExp(`^reason:${proposed.code}$`));
});

visit("a keystroke ends a simulation, and the plan waits for none", {
  prepare: (page) => {
    const place = "} else if (data.simulate) {";
    assert.ok(worker.includes(place));
    const stuck = `} else if (data.simulate && data.scenario.includes('"desiredCount":13')) { for (;;); `;
    const body = worker.replace(place, `${stuck}\n    ${place}`);
    return page.context().route("**/www/worker.js", (route) =>
      route.fulfill({ contentType: "text/javascript", body }),
    );
  },
}, async (page) => {
  await open(page);
  const count = field(page, "services[1].desiredCount");
  await count.fill("13");
  await shows(page.locator(".answers:not(.stale)"), /\/month/);
  await page.locator("[data-testid=timeline][data-here=false]").waitFor();
  await count.fill("2");
  await simulated(page);
  await page.getByRole("button", { name: "worker", exact: true }).click();
  await shows(figure(page, "Tasks", "Desired"), /^2$/);
});

visit("how it runs is set beside it, with deployments", {}, async (page) => {
  await open(page);
  await field(page, "simulation.minutes").fill("30");
  await field(page, "simulation.startsAt").fill("22:50");
  await shows(page.locator(".timeline-now"), /22:50\s*minute 0 of 30/);
  await page.locator("#tab-panel summary").first().click();
  await page.getByRole("button", { name: "Add a deployment" }).click();
  await shows(page.getByTestId("events"), /Deployment begins/);
  await becomes(async () => (await kept(page)).simulation, {
    minutes: 30,
    startsAt: "22:50",
    deployments: [{ service: "web", minute: 10 }],
  });
  await field(page, "simulation.minutes").fill("soon");
  await shows(page.locator(".simulation-form .error"), /soon is not a number of minutes/);
});

for (const [look, options] of LOOKS) {
  visit(`${look}: the timeline fits, and has no serious axe violations`, options, async (page) => {
    await open(page);
    await page.getByTestId("next-event").click();
    await shows(async () => `${await page.locator("#tab-panel .stale").count()}`, /^0$/);
    for (const folded of await page.locator("#tab-panel details").all()) {
      await folded.evaluate((it) => it.setAttribute("open", ""));
    }
    assert.deepEqual(await violations(page), []);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= options.viewport.width, `the page is ${wide} px wide`);
    const [label] = await page.locator(".time-lane text").allTextContents();
    assert.equal(label, "09:00");
  });
}
