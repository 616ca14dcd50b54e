// The page as a person uses it: its fields by what they set, its answers by what they say, and a
// visit that ends with the question whether the page kept to itself.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { isDeepStrictEqual } from "node:util";

import { launch, open } from "./chromium.mjs";
import { serve } from "./served.mjs";

/** No visit takes longer; a hanging page fails its own test and not the whole run. */
const MOST_MS = 90_000;
/** How long the page may take to show something. */
const PATIENCE_MS = 10_000;

/**
 * Serves and launches once for a file of tests. The function that it gives back makes a test of
 * one visit: `visit(page, {problems})`, on the example unless `options` say otherwise.
 */
export function visits() {
  let browser;
  let site;
  before(async () => {
    site = await serve();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await site?.end();
  });
  return (name, options, visit) =>
    test(name, { timeout: MOST_MS }, async () => {
      const opened = await open(browser, site.url, options);
      try {
        await visit(opened.page, opened);
        assert.deepEqual(opened.problems, [], "the page keeps to itself and complains of nothing");
      } finally {
        await opened.close();
      }
    });
}

/** The field that sets `path` of the scenario. */
export function field(page, path) {
  return page.locator(`[id="field:${path}"]`);
}

/** The row of the service at `place`. */
export function row(page, place) {
  return page.getByTestId("service-row").nth(place);
}

/** What is said of the field at `path`, errors and warnings. */
export function said(page, path) {
  return page.locator(`[id="about:${path}"]`);
}

/** Waits until `read` gives a text that matches `expected`; fails with what it gave last. */
export async function shows(read, expected) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const text = typeof read === "function" ? await read() : await textOf(read);
    if (expected.test(text)) return text;
    if (Date.now() > end) assert.match(text, expected);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function textOf(locator) {
  // Nothing shown reads as nothing, so that waiting for it goes on.
  const texts = await locator.allInnerTexts();
  return texts.join("\n").replace(/[ \u00a0]+/g, " ");
}

/** The answers by name: `predicted`, `cheapest`, `fargate`. */
export function answer(page, which) {
  return page.getByTestId(`answer-${which}`);
}

/** Opens a tab by its word: `what-if`, `requirements`, `types`. */
export async function tab(page, word) {
  await page.getByTestId(`tab-${word}`).click();
}

/** Waits until every part of the outlook of what was planned last is there. */
export async function foreseen(page) {
  await page.locator("[data-testid=range][data-whole=true]").waitFor();
}

/** The rows of the types table, each as the texts of its cells. */
export async function typeRows(page) {
  return page
    .getByTestId("types-table")
    .locator("tbody tr")
    .evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim().replace(/\s+/g, " "))));
}

/** The scenario that the page keeps for the next visit. */
export function kept(page) {
  return page.evaluate(() => JSON.parse(localStorage.getItem("eniac.scenario")));
}

/** Waits until what `read` gives is `expected`, value by value; fails with what it gave last. */
export async function becomes(read, expected) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await read();
    if (isDeepStrictEqual(value, expected)) return;
    if (Date.now() > end) assert.deepEqual(value, expected);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What the planner's module says of the scenario that the page keeps. */
export function report(page) {
  return page.evaluate(async () => {
    const planner = await import(new URL("www/planner/eniac_wasm.js", location.href).href);
    await planner.default();
    return JSON.parse(planner.planJson(localStorage.getItem("eniac.scenario")));
  });
}

/** What the planner's module foresees of the scenario that the page keeps: those parts. */
export function outlook(page, ...parts) {
  return page.evaluate(async (parts) => {
    const planner = await import(new URL("www/planner/eniac_wasm.js", location.href).href);
    await planner.default();
    return JSON.parse(planner.predictJson(localStorage.getItem("eniac.scenario"), { parts }));
  }, parts);
}

/** The timeline that the planner's module makes of the scenario that the page keeps. */
export function timeline(page, snapshotAt) {
  return page.evaluate(async (snapshotAt) => {
    const planner = await import(new URL("www/planner/eniac_wasm.js", location.href).href);
    await planner.default();
    return JSON.parse(planner.simulateJson(localStorage.getItem("eniac.scenario"), { snapshotAt }));
  }, snapshotAt);
}

/** Where the planner's module puts the tasks of the scenario that the page keeps. */
export function placement(page) {
  return page.evaluate(async () => {
    const planner = await import(new URL("www/planner/eniac_wasm.js", location.href).href);
    await planner.default();
    return JSON.parse(planner.placeJson(localStorage.getItem("eniac.scenario")));
  });
}

/** The value of a timeline's series at a minute. */
export function at(series, minute) {
  return series.filter(([from]) => from <= minute).at(-1)?.[1] ?? 0;
}

/** Waits until the open timeline is that of the scenario. */
export async function simulated(page) {
  await page.locator("[data-testid=timeline][data-here=true]").waitFor();
}

/** Puts `text` in the place of the scenario, through the dialog. */
export async function take(page, text) {
  const json = page.getByTestId("open-json");
  // On a phone it stands with what is shown on demand.
  if (!(await json.isVisible())) await page.getByRole("button", { name: "More", exact: true }).click();
  await json.click();
  await page.locator("#json-text").fill(text);
  await page.getByRole("button", { name: "Take this scenario" }).click();
}
