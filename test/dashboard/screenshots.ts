/**
 * `npm run screenshots [-- <folder of a local platform>]`: the pictures of README.md, of a platform that runs. Whatever is to
 * be seen has to be brought about first, such as by `npm run demo` or a commit.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { projectDirectory } from "../../local/layout.ts";
import { launchBrowser, watchedPage } from "../support/browser.ts";
import { startDashboard } from "../support/dashboard-command.ts";

const [folder] = process.argv.slice(2);
const images = join(projectDirectory, "docs", "images");
const env = {
  ...(folder === undefined ? {} : { GITOPS_LOCAL_DIR: resolve(folder) }),
  // A name of nobody, whoever takes the pictures.
  GIT_AUTHOR_NAME: "Ada Admin",
  GIT_AUTHOR_EMAIL: "ada@example.com",
};

const dashboard = await startDashboard(["--local", "--allow-actions"], env);
const browser = await launchBrowser();
const { page, mishaps } = await watchedPage(browser, { viewport: { width: 1280, height: 800 } });
try {
  await mkdir(images, { recursive: true });
  await page.goto(dashboard.url);
  await page.locator(".stage[data-id]").first().waitFor();
  await page.getByText("Live", { exact: true }).waitFor();
  for (const theme of ["light", "dark"] as const) {
    await page.getByLabel("Colours").selectOption(theme);
    const file = join(images, `dashboard-${theme}.png`);
    await writeFile(file, await page.screenshot({ fullPage: true, animations: "disabled" }));
    console.log(file);
  }
  if (mishaps.length > 0) throw new Error(mishaps.join("\n"));
} finally {
  await browser.close();
  await dashboard.stop();
}
