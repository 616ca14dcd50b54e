// What holds for the page whatever it shows: it loads, keeps to itself, fits and can be reached.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { tabThrough, violations } from "./accessible.mjs";
import { launch, LOOKS, open, PHONE } from "./chromium.mjs";
import { serve } from "./served.mjs";

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

for (const [look, options] of LOOKS) {
  test(`${look}: loads without a complaint and without serious axe violations`, async () => {
    const { page, problems, close } = await open(browser, site.url, options);
    assert.ok((await page.title()).length > 0, "the page has a title");
    assert.deepEqual(await violations(page), []);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= options.viewport.width, `the page is ${wide} px wide`);
    assert.deepEqual(problems, []);
    await close();
  });
}

test("the colours follow the system's wish", async () => {
  const background = async (colorScheme) => {
    const { page, close } = await open(browser, site.url, { colorScheme });
    const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await close();
    return colour;
  };
  assert.notEqual(await background("light"), await background("dark"));
});

test("works from any folder of a host", async () => {
  const deep = await serve("some/folder");
  try {
    const { page, problems, close } = await open(browser, deep.url);
    assert.match(page.url(), /\/some\/folder\/$/);
    assert.deepEqual(problems, []);
    await close();
  } finally {
    await deep.end();
  }
});

test("the Tab key reaches every control, and shows where it is", async () => {
  for (const options of [{}, { viewport: PHONE }]) {
    const { page, close } = await open(browser, site.url, options);
    const { stops, missed, unseen } = await tabThrough(page);
    assert.ok(stops >= 3, `${stops} controls were reached`);
    assert.deepEqual(missed, [], "never reached");
    assert.deepEqual(unseen, [], "reached without a visible focus");
    await close();
  }
});

test("a request to elsewhere is refused by the page's own policy", async () => {
  const { page, problems, close } = await open(browser, site.url);
  const policy = await page
    .locator('meta[http-equiv="Content-Security-Policy"]')
    .getAttribute("content");
  assert.doesNotMatch(policy, /https?:|\*/);
  const scripts = /(?:^|;)\s*(?:script-src|default-src)\s[^;]*/g;
  for (const [directive] of policy.matchAll(scripts)) {
    assert.doesNotMatch(directive, /'unsafe-inline'|'unsafe-eval'/);
  }
  // Nothing listens there; the policy must refuse before anyone is asked.
  const outcome = await page.evaluate(() =>
    fetch("http://127.0.0.1:9/", { mode: "no-cors" }).then(
      () => "answered",
      () => "refused",
    ),
  );
  assert.equal(outcome, "refused");
  await page.waitForFunction(() => true);
  assert.ok(
    problems.some((problem) => problem.startsWith("refused by CSP: connect-src")),
    problems.join("\n"),
  );
  await close();
});
