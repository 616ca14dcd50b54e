// A link with the whole scenario: made, opened, damaged, of a later version, too long; and a browser
// that it leaves as it found it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../npm/native.mjs";
import { violations } from "./accessible.mjs";
import { answer, becomes, field, foreseen, kept, shows, take, visits } from "./workbench.mjs";

const visit = visits();
const COUNT = "services[0].desiredCount";

/** The link to what is on the page. */
async function linked(page) {
  await page.getByTestId("open-share").click();
  const link = await page.getByTestId("link").inputValue();
  assert.match(link, /^http:\S+\/#eniac1\.[\w-]+$/);
  return link;
}

visit("a link is copied, and opens the same scenario in another browser", {}, async (page, { context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const text = readFileSync(join(root, "tests", "scenarios", "managed-a-fallback.json"), "utf8");
  await take(page, text);
  await shows(page.locator(".answers:not(.stale)"), /\/month/);
  const scenario = await kept(page);
  await page.evaluate(() => navigator.clipboard.writeText("mine"));
  const link = await linked(page);
  // What the user has copied stays until the button is pressed.
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "mine");
  await page.getByRole("button", { name: "Copy the link" }).click();
  await shows(page.locator(".export-said"), /Copied/);
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
  await shows(page.locator(".sheet[open]"), new RegExp(`${link.length.toLocaleString("en-US")} characters`));
  assert.deepEqual(await violations(page), []);
  // No worker is cut off while it loads.
  await foreseen(page);
  // As if somebody else opened it: nothing is kept, and the page is another document.
  await page.evaluate(() => localStorage.clear());
  await page.goto("about:blank");
  await page.goto(link);
  await shows(page.getByTestId("notice"), /The scenario of the link is open\.$/m);
  await becomes(() => page.evaluate(() => location.hash), "");
  const opened = await kept(page);
  assert.equal(opened.name, scenario.name);
  assert.deepEqual(opened.services, scenario.services);
  // Reloading keeps what was changed since.
  await field(page, COUNT).fill("3");
  await becomes(async () => (await kept(page)).services[0].desiredCount, 3);
  await foreseen(page);
  await page.reload();
  await page.locator(".answers:not(.stale)").waitFor();
  assert.equal((await kept(page)).services[0].desiredCount, 3);
});

visit("what was on the page stays: by undo, and saved", {}, async (page) => {
  const link = await linked(page);
  await page.keyboard.press("Escape");
  await field(page, "name").fill("Mine");
  await field(page, COUNT).fill("8");
  await shows(answer(page, "predicted"), /8 × t4g\.small/);
  // The address of the page that is open, as when a link is pasted into it.
  await page.evaluate((link) => (location.hash = link.split("#")[1]), link);
  await shows(page.getByTestId("notice"), /What was on the page is saved as “Mine \(before a link\)”/);
  await shows(answer(page, "predicted"), /30 × t4g\.small/);
  await page.getByRole("button", { name: "Take it back" }).click();
  await shows(answer(page, "predicted"), /8 × t4g\.small/);
  await page.getByTestId("open-saved").click();
  await shows(page.getByTestId("kept-row"), /Mine \(before a link\)/);
});

for (const [what, broken, says] of [
  ["cut off", (link) => link.slice(0, -20), /cannot be opened: the link is cut off/],
  ["damaged", (link) => link.replace(/.{9}$/, "AAAAAAAAA"), /cannot be opened: the link is damaged/],
  ["of a later version", (link) => link.replace("#eniac1.", "#eniac7."), /of version 7/],
]) {
  visit(`a link that is ${what} is told, and the page works on`, {}, async (page) => {
    const link = await linked(page);
    await page.keyboard.press("Escape");
    await field(page, COUNT).fill("5");
    await shows(answer(page, "predicted"), /5 × t4g\.small/);
    await page.goto("about:blank");
    await page.goto(broken(link));
    await shows(page.getByTestId("notice"), says);
    assert.equal(await page.evaluate(() => location.hash), "");
    await shows(answer(page, "predicted"), /5 × t4g\.small/);
    await field(page, COUNT).fill("6");
    await shows(answer(page, "predicted"), /6 × t4g\.small/);
  });
}

visit("over a safe length it offers the file, and says why", {}, async (page) => {
  const names = Array.from({ length: 900 }, (_, at) => `service-${(at * 7919 + 13) ** 3 % 999983}-${at}`);
  const services = names.map((name, at) => ({
    name,
    desiredCount: 1,
    taskDefinition: { cpu: 128 + ((at * 97) % 800), memory: 256 + ((at * 131) % 3000) },
  }));
  await take(page, JSON.stringify({ version: 1, name: "long", services }));
  await page.getByTestId("open-share").click();
  await shows(page.getByTestId("link-too-long"), /would have [\d,]+ characters: .* cut links of more than 8,000/);
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the file" }).click();
  assert.equal((await saving).suggestedFilename(), "long.json");
});

visit("what no plan can use is told before it leaves the page", {}, async (page) => {
  await field(page, "services[0].taskDefinition.memory").fill("abc");
  await shows(page.locator(".answer .trouble"), /last good answer/);
  for (const dialog of ["export", "share"]) {
    await page.getByTestId(`open-${dialog}`).click();
    await shows(page.getByTestId("left-out"), /web is left out of every plan: its memory cannot be read\./);
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press("Escape");
  }
});

visit("exports of other tools' formats are shown with what they have no place for", {}, async (page) => {
  await page.getByTestId("open-export").click();
  await page.locator("#export-format").selectOption("AWS CLI, JSON");
  await shows(page.getByTestId("not-carried"), /What this format has no place for: 1\s+name: /);
  const { calls } = JSON.parse(await page.getByTestId("export-text").inputValue());
  assert.ok(calls.some(({ command }) => /^aws ecs create-service /.test(command)));
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: /^Download/ }).click();
  assert.equal((await saving).suggestedFilename(), "calls.json");
});
