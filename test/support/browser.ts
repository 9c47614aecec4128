import { chromium } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

import { chromiumFiles } from "./chromium.ts";

/** A headless Chromium that asks nobody but the page's server for anything. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await chromiumFiles();
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A page, and everything about it that must not happen. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors of scripts, violations of the Content-Security-Policy, and requests that left this machine. */
  readonly mishaps: readonly string[];
  readonly close: () => Promise<void>;
}

/** Opens a page with a profile of its own. */
export async function watchedPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Vienna", ...options });
  const page = await context.newPage();
  const mishaps: string[] = [];
  page.on("pageerror", (error) => mishaps.push(`error: ${error.message}`));
  page.on("console", (message) => {
    // That the server is gone, and what it refuses, are told by the page itself.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      mishaps.push(`console: ${message.text()}`);
    }
  });
  page.on("request", (request) => {
    const { hostname } = new URL(request.url());
    if (hostname !== "127.0.0.1") mishaps.push(`request to ${request.url()}`);
  });
  await page.addInitScript({
    content: `addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      console.error("policy: " + violatedDirective + " " + blockedURI));`,
  });
  return { page, mishaps, close: () => context.close() };
}
