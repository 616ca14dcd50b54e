// What can be checked of accessibility by a machine: axe's rules, and the way of the Tab key.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Serious and critical violations on the page as it stands, as sentences. */
export async function violations(page) {
  // With all of it in view, what is pinned to an edge covers nothing that scrolling would free.
  const window = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...window, height: Math.max(window.height, height) });
  // Through the debugger: the page's policy admits no script of another origin, and rightly so.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags } }),
    RULES,
  );
  await page.setViewportSize(window);
  return violations
    .filter((rule) => ["serious", "critical"].includes(rule.impact))
    .flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)}: ${node.failureSummary}`),
    );
}

/**
 * Presses Tab from the top of the page until focus comes round.
 * Returns the controls that it never reached, and those that were reached without showing it.
 */
export async function tabThrough(page, limit = 600) {
  await page.evaluate(() => {
    const visible = (element) =>
      element.checkVisibility({ checkOpacity: false, visibilityProperty: true }) &&
      element.getClientRects().length > 0 &&
      !element.closest("[inert]");
    const selector =
      "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable=true]";
    const controls = [...document.querySelectorAll(selector)].filter(
      (element) => visible(element) && !element.disabled && element.tabIndex >= 0,
    );
    // A group of radio buttons is one stop.
    const group = (element) =>
      element.type === "radio" && element.name ? `radio ${element.name}` : element;
    const told = (element) => element.outerHTML.slice(0, 140).replace(/\s+/g, " ");
    window.tabbing = { controls, group, told, reached: new Set(), unseen: [], first: null };
    document.activeElement?.blur?.();
    window.scrollTo(0, 0);
  });
  for (let pressed = 0; pressed < limit; pressed += 1) {
    await page.keyboard.press("Tab");
    const round = await page.evaluate(() => {
      const state = window.tabbing;
      const element = document.activeElement;
      if (!element || element === document.body) return state.first !== null;
      const key = state.group(element);
      if (state.first === key) return true;
      state.first ??= key;
      state.reached.add(key);
      const shown = (candidate) => {
        const style = getComputedStyle(candidate);
        const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
        return outlined || style.boxShadow !== "none";
      };
      // A styled control may draw the focus of the invisible input inside it.
      let around = element;
      let seen = false;
      for (let up = 0; up < 3 && around && !seen; up += 1, around = around.parentElement) {
        seen = shown(around) || [...around.children].some((child) => up < 2 && shown(child));
      }
      if (!seen) state.unseen.push(state.told(element));
      return false;
    });
    if (round) break;
  }
  return page.evaluate(() => {
    const { controls, group, told, reached, unseen } = window.tabbing;
    const missed = controls.filter((control) => !reached.has(group(control))).map(told);
    return { stops: reached.size, missed, unseen };
  });
}
