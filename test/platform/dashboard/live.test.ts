import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import type { DashboardApplication } from "../../../cli/dashboard/model.ts";

import { browserTimeout, ownBrowser } from "./support/page.ts";
import { RecordedServer } from "./support/recorded-server.ts";

const server = new RecordedServer();
const withPage = ownBrowser();
beforeAll(() => server.start());
afterAll(() => server.close());

const tell = (id: string, change: Partial<DashboardApplication>): void =>
  server.tell((snapshot) => ({
    ...snapshot,
    applications: snapshot.applications.map((one) => (one.id === id ? { ...one, ...change } : one)),
  }));

describe("the page, while things change", () => {
  test("shows what has changed without being loaded again, and has it read out once", async () => {
    await withPage(server.address(), async (page) => {
      await page.evaluate(`window.loadedOnce = true`);
      tell("dev/core-trading", { state: "unwell", health: "Degraded", reason: "no such image" });
      const item = page.locator('.attention-item[data-id="dev/core-trading"]');
      await item.waitFor();
      expect(await item.innerText()).toContain("no such image");
      const spoken = page.locator("#announcements", { hasText: "core-trading in dev: not well, no such image" });
      await spoken.waitFor({ state: "attached" });
      expect(await page.evaluate(`window.loadedOnce`)).toBe(true);
    });
  });

  test(
    "says since when it is not live, marks what it shows, and comes back by itself",
    async () => {
      await withPage(server.address(), async (page) => {
        await page.getByText("Live", { exact: true }).waitFor();
        await server.stop();
        await page.getByText(/^Reconnecting since \d\d:\d\d:\d\d$/).waitFor();
        await page.getByRole("alert").filter({ hasText: "The server does not answer" }).waitFor();
        expect(await page.locator("main").getAttribute("data-stale")).toBe("true");
        tell("prod/app", { reason: "news", state: "unwell" });
        await server.start();
        await page.locator('.attention-item[data-id="prod/app"]').waitFor();
        await page.getByText("Live", { exact: true }).waitFor();
        expect(await page.locator("main").getAttribute("data-stale")).toBeNull();
      });
    },
    browserTimeout,
  );

  test("says that the cluster does not answer, and of when the facts are", async () => {
    await withPage(server.address(), async (page) => {
      server.tell((snapshot) => ({ ...snapshot, problem: { since: new Date().toISOString(), message: "no route" } }));
      const notice = page.getByRole("alert").filter({ hasText: "The cluster does not answer." });
      await notice.waitFor();
      expect(await notice.innerText()).toMatch(/no route .*What is shown is as it was at \d\d:\d\d:\d\d/);
      expect(await page.locator("main").getAttribute("data-stale")).toBe("true");
      server.tell((snapshot) => ({ ...snapshot, problem: null }));
      await notice.waitFor({ state: "detached" });
    });
  });

  test("tells a browser without a session what to do", async () => {
    await withPage(server.address(), async (page) => {
      await page.context().clearCookies();
      await server.stop();
      await server.start();
      await page.getByText("No session", { exact: true }).waitFor();
      expect(await page.getByRole("alert").innerText()).toMatch(/gitops dashboard/);
    });
  });
});
