// What a visitor sees first: the example, already planned.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, LOOKS, open } from "./chromium.mjs";
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

for (const [look, options] of LOOKS.filter(([, { colorScheme }]) => colorScheme === "light")) {
  test(`${look}: the example is planned, in a worker`, async () => {
    const { page, problems, close } = await open(browser, site.url, options);
    const predicted = await page.getByTestId("answer-predicted").innerText();
    assert.match(predicted, /30 × t4g\.small/);
    assert.match(predicted, /\/month/);
    assert.ok(await page.getByTestId("answer-cheapest").isVisible());
    assert.ok(await page.getByTestId("answer-fargate").isVisible());
    assert.ok(await page.getByTestId("fleet").isVisible());
    assert.ok(page.workers().length >= 1, "a worker plans");
    assert.deepEqual(problems, []);
    await close();
  });
}
