// On paper: all of the plan, no control, dark ink, nothing beyond the edge; and the screen as it was
// afterwards.

import assert from "node:assert/strict";

import { answer, field, foreseen, kept, shows, take, visits } from "./workbench.mjs";

const visit = visits();

/** What stands on the paper, as it is printed at this width in CSS pixels. */
async function printed(page, width) {
  await page.setViewportSize({ width, height: 1000 });
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.getByTestId("paper").waitFor();
  const seen = await page.evaluate(() => {
    const shown = (element) => element.checkVisibility() && element.getClientRects().length > 0;
    const paper = document.querySelector(".paper");
    const all = [...document.querySelectorAll("body *")].filter(shown);
    const right = document.documentElement.clientWidth;
    return {
      text: paper.innerText.replace(/[ \u00a0]+/g, " "),
      fields: all.filter((it) => it.matches("input, select, textarea, .quiet-button, .icon-button")).length,
      besides: all.filter((it) => it.matches(".bar, .workbench, .answer-strip")).length,
      clipped: all
        .filter((it) => it.closest(".paper") && it.getBoundingClientRect().right > right + 1)
        .filter((it) => !it.closest(".visually-hidden"))
        .map((it) => it.outerHTML.slice(0, 120)),
      drawn: paper.querySelectorAll(".instances svg").length,
      ground: getComputedStyle(document.body).backgroundColor,
      ink: getComputedStyle(paper).color,
    };
  });
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: null });
  return seen;
}

visit("the printed page has all of the plan and no control", { colorScheme: "dark" }, async (page) => {
  await page.getByRole("button", { name: "Dark theme" }).click();
  await field(page, "name").fill("A plan for the board");
  await page.getByTestId("add-service").click();
  await shows(answer(page, "cheapest"), /\/month/);
  await foreseen(page);
  // The widths of A4 and Letter between the margins.
  for (const width of [703, 725]) {
    const { text, fields, besides, clipped, drawn, ground, ink } = await printed(page, width);
    for (const expected of [
      /A plan for the board/,
      /us-east-1 · 3 zones · prices of \d{4}-\d\d-\d\d · printed \d{4}-\d\d-\d\d/,
      /ECS would launch/,
      /The fleet that ECS would launch/,
      /What runs[\s\S]*web[\s\S]*service/,
      /Where it may run, and how it is paid[\s\S]*Bought\s+On-Demand[\s\S]*vCPU[^\n]*max\s+4/,
      /Which types are admitted[\s\S]*Known types[\s\S]*1,395/,
      /On which types each service fits[\s\S]*t4g\.small/,
      /What is assumed/,
      /How old the figures are[\s\S]*On-Demand prices, listed/,
    ]) assert.match(text, expected);
    assert.deepEqual(
      { fields, besides, clipped, ground, ink },
      { fields: 0, besides: 0, clipped: [], ground: "rgba(0, 0, 0, 0)", ink: "rgb(23, 27, 34)" },
    );
    assert.ok(drawn > 0, "the fleet is drawn");
  }
  assert.equal(await page.getByTestId("paper").count(), 0, "the screen is as it was");
});

visit("a service that is not in the plan is named on paper", {}, async (page) => {
  await page.getByTestId("add-service").click();
  await field(page, "services[1].name").fill("oven");
  await take(page, JSON.stringify(await without(page, 1)));
  await shows(page.getByTestId("without"), /Without oven: its memory is not known/);
  const { text } = await printed(page, 703);
  assert.match(text, /Without oven: its memory is not known\./);
  assert.match(text, /ECS would launch, without oven/);
  assert.match(text, /oven\s+not in the plan: its memory is not known/);
});

/** The scenario of the page without the memory of the service at `place`. */
async function without(page, place) {
  const scenario = await kept(page);
  delete scenario.services[place].taskDefinition.memory;
  return scenario;
}

visit("a print goes to paper of any size", {}, async (page) => {
  for (const format of ["A4", "Letter"]) {
    const pdf = await page.pdf({ format });
    const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? [];
    assert.ok(pages.length >= 2 && pages.length <= 6, `${pages.length} pages of ${format}`);
  }
});
