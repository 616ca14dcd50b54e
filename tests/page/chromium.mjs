// Chromium with the page in it, and a watch on what the page must not do.

import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/** A phone's and a desktop's window. */
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1440, height: 900 };

/** Every look that the page has: [name, options of `open`]. */
export const LOOKS = [PHONE, DESKTOP].flatMap((viewport) =>
  ["light", "dark"].map((colorScheme) => [
    `${viewport.width}-${colorScheme}`,
    { viewport, colorScheme },
  ]),
);

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROME ?? "/usr/bin/chromium",
    args: FLAGS,
  });
}

/**
 * Opens `url` in a context of its own and waits until it has been planned.
 * `problems` lists, as sentences, what a page must not do: errors in the console, requests that
 * leave the origin, carry something or fail, violations of its own Content-Security-Policy.
 * `prepare` is run before the page is loaded; `ready` waits for something else than the plan.
 */
export async function open(browser, url, options = {}) {
  const { viewport = DESKTOP, colorScheme = "light", prepare, ready = planned } = options;
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
  context.setDefaultTimeout(30_000);
  const problems = [];
  const { origin } = new URL(url);
  context.on("request", (request) => {
    const to = new URL(request.url());
    if (!["data:", "blob:"].includes(to.protocol) && to.origin !== origin) {
      problems.push(`a request left the origin: ${request.url()}`);
    }
    if (request.method() !== "GET" || to.search !== "") {
      problems.push(`a request carries something: ${request.method()} ${request.url()}`);
    }
  });
  context.on("requestfailed", (request) => {
    problems.push(`a request failed: ${request.url()}: ${request.failure()?.errorText}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => problems.push(`an error was thrown: ${error.stack ?? error}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      problems.push(`the console tells: ${message.text()}`);
    }
  });
  await page.exposeFunction("tellViolation", (told) => problems.push(`refused by CSP: ${told}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      window.tellViolation(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  await prepare?.(page);
  await page.goto(url);
  await ready(page);
  return { context, page, problems, close: () => context.close() };
}

/** Waits until the page shows the plan of what it was given. */
export async function planned(page) {
  await page.locator(".answers:not(.stale)").waitFor();
  await page.waitForLoadState("networkidle");
}
