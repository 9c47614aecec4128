import { afterAll, beforeAll, expect } from "@jest/globals";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

import { launchBrowser, watchedPage } from "../../../support/browser.ts";

/** Milliseconds for a browser that starts on a busy machine, its unpacking included. */
export const browserTimeout = 120_000;

export type WithPage = (
  address: string,
  body: (page: Page) => Promise<void>,
  options?: BrowserContextOptions,
) => Promise<void>;

/** One browser for the tests of a file; each test gets a profile of its own. */
export function ownBrowser(): WithPage {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, browserTimeout);
  afterAll(() => browser?.close());
  return async (address, body, options) => {
    if (browser === undefined) throw new Error("the browser did not start");
    const { page, mishaps, close } = await watchedPage(browser, options);
    try {
      await page.goto(address);
      // The token is exchanged for a session, and leaves the address.
      await page.waitForURL(/\/$/);
      await page.locator(".stage").first().waitFor();
      await body(page);
      expect(mishaps).toEqual([]);
    } finally {
      await close();
    }
  };
}
