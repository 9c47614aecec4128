import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import type { Page } from "playwright-core";

import { projectDirectory } from "../../../local/layout.ts";
import { Checkout } from "../support/checkout.ts";

import { violations } from "./support/axe.ts";
import { browserTimeout, ownBrowser } from "./support/page.ts";
import { RecordedServer } from "./support/recorded-server.ts";

let folder = "";
let checkout: Checkout | undefined;
let server: RecordedServer | undefined;
const withPage = ownBrowser();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gitops-dashboard-"));
  const remote = join(folder, "remote.git");
  await execa("git", ["clone", "--quiet", "--bare", projectDirectory, remote]);
  checkout = await Checkout.clone(remote, join(folder, "checkout"));
  const gitops = join(projectDirectory, "cli", "bin", "gitops.mjs");
  const freeze = ["freeze", "--env", "staging", "--until", "2h", "--reason", "stocktaking"];
  await execa(process.execPath, [gitops, ...freeze], { cwd: checkout.directory });
  server = new RecordedServer(checkout.directory);
  await server.start();
}, browserTimeout);

afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const address = (): string => server?.address() ?? "";

/** By keys alone, from the top of the page. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    const focused = page.locator(":focus");
    if ((await focused.count()) === 0) continue;
    // What has the focus must be seen to have it.
    expect(await focused.evaluate("element => getComputedStyle(element).outlineStyle")).not.toBe("none");
    if ((await focused.innerText()).trim() === name) return;
  }
  throw new Error(`the Tab key never reaches "${name}"`);
}

describe("an action on the page", () => {
  test(
    "is refused in the words of the command",
    async () => {
      await withPage(address(), async (page) => {
        await page.getByRole("button", { name: "Freeze staging…", exact: true }).click();
        await page.getByRole("textbox", { name: "Until" }).fill("1h");
        await page.getByRole("textbox", { name: "Reason" }).fill("year-end closing");
        await page.getByRole("button", { name: "Show what would happen" }).click();
        const refusal = page.getByRole("dialog").getByRole("alert");
        await refusal.waitFor();
        expect(await refusal.innerText()).toMatch(/Refused:\s+staging is frozen from .* already \(stocktaking\)/);
        expect(await page.getByRole("dialog").getByRole("button", { name: "Freeze staging" }).count()).toBe(0);
      });
    },
    browserTimeout,
  );

  test(
    "shows what would happen before it happens, and is done by keys alone",
    async () => {
      await withPage(address(), async (page) => {
        const head = () => checkout?.git("rev-parse", "HEAD");
        const before = await head();
        await tabTo(page, "Skip to content");
        await page.keyboard.press("Enter");
        await tabTo(page, "Freeze prod…");
        await page.keyboard.press("Enter");
        const dialog = page.getByRole("dialog", { name: "Freeze prod" });
        await dialog.waitFor();
        expect(await violations(page)).toEqual([]);
        // The first field has the focus, and the others follow.
        await page.keyboard.press("Tab");
        await page.keyboard.type("36h");
        await page.keyboard.press("Tab");
        await page.keyboard.type("year-end closing");
        await page.keyboard.press("Enter");
        const preview = dialog.getByText("This would happen:");
        await preview.waitFor();
        expect(await dialog.innerText()).toMatch(/prod \(all applications\) from .* until /);
        expect(await head()).toBe(before);
        expect(await violations(page)).toEqual([]);
        await tabTo(page, "Freeze prod");
        await page.keyboard.press("Enter");
        await dialog.getByText("Done:").waitFor();
        expect(await checkout?.git("log", "-1", "--format=%s")).toMatch(/^Freeze prod until /);
        expect(await dialog.innerText()).toContain(((await head()) ?? "none").slice(0, 7));
        // Back to where it was opened from.
        await page.keyboard.press("Escape");
        await dialog.waitFor({ state: "detached" });
        expect(await page.locator(":focus").innerText()).toBe("Freeze prod…");
      });
    },
    browserTimeout,
  );

  test("is asked anew when a person changes what it is about", async () => {
    await withPage(address(), async (page) => {
      await page.getByRole("button", { name: "Unfreeze dev…", exact: true }).click();
      await page.getByRole("button", { name: "Show what would happen" }).click();
      const said = page.getByRole("dialog").getByText("Nothing to do:");
      await said.waitFor();
      await page.getByRole("textbox", { name: "Reason" }).fill("it is over");
      expect(await said.count()).toBe(0);
      expect(await page.getByRole("button", { name: "Show what would happen" }).count()).toBe(1);
    });
  });

  test("says what goes on when somebody approves", async () => {
    await withPage(address(), async (page) => {
      await page.getByRole("button", { name: "Approve… app in staging", exact: true }).first().click();
      const dialog = page.getByRole("dialog", { name: "Approve app in staging" });
      await dialog.waitFor();
      expect(await dialog.innerText()).toMatch(/gets all traffic[\s\S]*6\.13\.0[\s\S]*6\.14\.1/);
    });
  });
});
