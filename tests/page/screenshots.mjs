// Pictures of the built page: `node screenshots.mjs FOLDER`, through `cargo xtask screenshots`.

import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { launch, LOOKS, open } from "./chromium.mjs";
import { serve } from "./served.mjs";

const folder = process.argv[2];
if (!folder) throw new Error("name the folder for the pictures");
mkdirSync(folder, { recursive: true });

const site = await serve();
const browser = await launch();
try {
  for (const [look, options] of LOOKS) {
    const { page, problems, close } = await open(browser, site.url, options);
    const path = join(folder, `${look}.png`);
    await page.screenshot({ path, fullPage: true });
    console.log(path);
    for (const problem of problems) console.log(`  ${problem}`);
    await close();
  }
} finally {
  await browser.close();
  await site.end();
}
