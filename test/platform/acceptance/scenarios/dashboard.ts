import { join } from "node:path";

import { describe, expect } from "@jest/globals";
import { execa } from "execa";

import type { StatusDocument } from "../../../../cli/status/model.ts";
import { imageVersion, short } from "../../../../dashboard/logic/images.ts";
import { states } from "../../../../dashboard/logic/states.ts";
import { projectDirectory } from "../../../../local/layout.ts";
import { launchBrowser, watchedPage } from "../../../support/browser.ts";
import { startDashboard } from "../../../support/dashboard-command.ts";
import { eventually } from "../../support/eventually.ts";
import { scenario } from "../../support/scenario.ts";
import type { GetPlatform } from "../../support/scenario.ts";

/** The page looks every two seconds, and so many looks may fall between two changes of the platform. */
const seconds = 60;

/** That the page and the command say the same of a real platform. */
export function dashboardScenarios(platform: GetPlatform): void {
  describe("the page of the dashboard", () => {
    scenario("shows the facts of gitops status, and the history of gitops history", platform, async (on) => {
      const options = [`--local=${on.layout.directory}`];
      const dashboard = await startDashboard([...options, `--directory=${on.checkout.directory}`]);
      const browser = await launchBrowser();
      const { page, mishaps } = await watchedPage(browser);
      try {
        await page.goto(dashboard.url);
        await page.locator(".stage[data-id]").first().waitFor();
        await eventually(async () => {
          const { applications } = JSON.parse(await gitops("status", ...options)) as StatusDocument;
          expect(applications.length).toBeGreaterThan(0);
          for (const status of applications) {
            const id = `${status.environment}/${status.application}`;
            const said = oneLine(await page.locator(`.stage[data-id="${id}"]`).innerText());
            const facts = [
              states[status.state].word,
              `${status.sync}, ${status.health}`,
              oneLine(status.reason),
              status.image === null ? "none" : imageVersion(status.image),
              status.running === null ? "none" : short(status.running),
              status.replicas === null ? "no pods" : `${status.replicas.ready}/${status.replicas.wanted}`,
            ];
            for (const fact of facts) expect(`${id}: ${said}`).toContain(fact);
          }
          const wanting = applications.filter(({ state, waitsFor }) => state !== "well" || waitsFor !== null);
          expect(await page.locator(".attention-item").count()).toBe(wanting.length);
        }, seconds);

        const { deployments } = JSON.parse(
          await gitops("history", "app", "--env=dev", ...options, `--directory=${on.checkout.directory}`),
        ) as { readonly deployments: readonly { readonly revision: string; readonly subject: string }[] };
        await page.goto(`${page.url().split("#")[0]}#/applications/app/dev`);
        await page.locator(".entry").first().waitFor();
        expect(await page.locator(".entry h3").allInnerTexts()).toEqual(deployments.map(({ subject }) => subject));
        await page.locator(".entry button").first().click();
        await page.locator(".patch .line-added").first().waitFor();
        expect(mishaps).toEqual([]);
      } finally {
        await browser.close();
        await dashboard.stop();
      }
    });
  });
}

/** Exit code 1 of `status` says that something is not well; its document says what. */
async function gitops(...words: readonly string[]): Promise<string> {
  const launcher = join(projectDirectory, "cli", "bin", "gitops.mjs");
  const result = await execa(process.execPath, [launcher, ...words, "--json"], { reject: false, stdin: "ignore" });
  return result.stdout;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
