import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { violations } from "./support/axe.ts";
import { browserTimeout, ownBrowser } from "./support/page.ts";
import { RecordedServer } from "./support/recorded-server.ts";

const server = new RecordedServer();
const withPage = ownBrowser();
beforeAll(() => server.start());
afterAll(() => server.close());

describe("the page of the dashboard", () => {
  test("says first what is not well, and why", async () => {
    await withPage(server.address(), async (page) => {
      const items = await page.locator(".attention-item").allInnerTexts();
      expect(items.map((text) => text.split(/\s+/).slice(0, 2).join(" "))).toEqual([
        "Not well",
        "Waiting app",
        "Waiting core-trading",
        "On its",
      ]);
      expect(items[0]).toContain("canary failed: success rate 91.20 is below 99");
      const attention = await page.locator("#attention").boundingBox();
      const flow = await page.locator("#flow").boundingBox();
      expect(attention?.y).toBeLessThan(flow?.y ?? 0);
    });
  });

  test("shows a release under analysis with its share and its failed checks", async () => {
    await withPage(server.address(), async (page) => {
      const stage = page.getByRole("article", { name: "app in dev" });
      const bar = stage.getByRole("progressbar");
      expect(await bar.getAttribute("aria-valuetext")).toBe("progressing, 20 % of 50 % of traffic");
      expect(await bar.getAttribute("aria-valuenow")).toBe("40");
      const text = await stage.innerText();
      expect(text).toMatch(/6\.14\.1\s+to be replaced by\s+6\.14\.2/);
      expect(text).toContain("1 failed check; 5 take it back");
    });
  });

  test("shows windows as a picture and as a table, with who froze them and why", async () => {
    await withPage(server.address(), async (page) => {
      expect(await page.getByRole("img", { name: /^Windows of app in prod: open until/ }).count()).toBe(1);
      await page.getByText("Windows as a table").click();
      const rows = page.getByRole("region", { name: "Windows as a table" }).locator("tbody tr");
      expect(await rows.count()).toBe(12);
      expect(await rows.filter({ hasText: "frozen by Ada Admin: year-end closing" }).count()).toBe(2);
    });
  });

  test("tells the history of an application, with its differences on demand", async () => {
    await withPage(server.address(), async (page) => {
      await page.getByRole("heading", { level: 3, name: "core-trading" }).getByRole("link").click();
      await page.getByRole("heading", { level: 1, name: "core-trading" }).waitFor();
      const entry = page.locator(".entry").filter({ hasText: "Rolled back" });
      expect(await entry.innerText()).toMatch(/approved by Ada Admin; analysis failed[\s\S]*taken back by 0d4a2f9/);
      await entry.getByRole("button", { name: /^Changes/ }).click();
      const added = entry.locator(".line-added");
      await added.waitFor();
      expect(await added.innerText()).toContain("+    newTag: 6.14.0");
    });
  });

  test("opens a deployment by its address, which can be shared", async () => {
    await withPage(server.address(), async (page) => {
      const revision = "6f817bb5f3edb1df7f41aeec29e0aa6ee6253ca9";
      await page.goto(`${page.url()}#/applications/core-trading/prod/${revision}`);
      await page.reload();
      await page.locator(".line-removed").waitFor();
      expect(await page.locator(".line-removed").innerText()).toContain("-    newTag: 6.13.0");
      expect(await page.title()).toBe("core-trading · gitops dashboard");
    });
  });

  test("offers nothing that the server does not permit", async () => {
    await withPage(server.address(), async (page) => {
      expect(await page.getByText("read-only", { exact: true }).count()).toBe(1);
      expect(await page.getByRole("button", { name: /Approve|Promote|Roll back|reeze/ }).count()).toBe(0);
    });
  });

  test.each(["light", "dark"] as const)(
    "has no fault that axe-core finds, %s",
    async (colorScheme) => {
      await withPage(
        server.address(),
        async (page) => {
          expect(await violations(page)).toEqual([]);
          for (const [hash, ready] of [
            ["#/windows", "tbody tr"],
            ["#/applications/core-trading/prod/6f817bb5f3edb1df7f41aeec29e0aa6ee6253ca9", ".line-added"],
          ] as const) {
            await page.goto(`${page.url().split("#")[0]}${hash}`);
            await page.locator(ready).first().waitFor();
            expect(await violations(page)).toEqual([]);
          }
        },
        { colorScheme, reducedMotion: "reduce" },
      );
    },
    browserTimeout,
  );

  test("keeps the colours that a person has chosen", async () => {
    await withPage(
      server.address(),
      async (page) => {
        const background = () => page.evaluate<string>(`getComputedStyle(document.body).backgroundColor`);
        const dark = await background();
        await page.getByLabel("Colours").selectOption("light");
        const light = await background();
        expect(light).not.toBe(dark);
        await page.reload();
        await page.locator(".stage").first().waitFor();
        expect(await background()).toBe(light);
      },
      { colorScheme: "dark" },
    );
  });

  test.each([320, 390, 768])("needs no scrolling sideways on a screen of %d pixels", async (width) => {
    await withPage(
      server.address(),
      async (page) => {
        for (const hash of ["#/", "#/windows", "#/applications/core-trading"]) {
          await page.goto(`${page.url().split("#")[0]}${hash}`);
          await page.locator("h1").waitFor({ state: "attached" });
          expect([hash, await page.evaluate(`document.documentElement.scrollWidth`)]).toEqual([hash, width]);
        }
      },
      { viewport: { width, height: 800 } },
    );
  });
});
