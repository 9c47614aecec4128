import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Environment } from "../environment.ts";

/**
 * Sets outputs of the step: for GitHub Actions in the file GITHUB_OUTPUT, for Tekton each in a file of its own in
 * RESULTS_DIRECTORY; prints them where there is neither.
 * @throws for a value of several lines: it could set other outputs
 */
export async function setOutputs(values: Readonly<Record<string, string>>, environment: Environment): Promise<void> {
  const lines = Object.entries(values).map(([name, value]) => {
    if (/[\r\n]/.test(value)) throw new Error(`output ${name}: "${value}" has several lines, allowed is one`);
    return `${name}=${value}\n`;
  });
  const folder = environment["RESULTS_DIRECTORY"];
  if (folder !== undefined) {
    await Promise.all(Object.entries(values).map(([name, value]) => writeFile(join(folder, name), value)));
    return;
  }
  const file = environment["GITHUB_OUTPUT"];
  if (file === undefined) process.stdout.write(lines.join(""));
  else await appendFile(file, lines.join(""));
}

/** GitHub refuses a summary of a step that is larger (github/docs, "Workflow commands": 1 MiB). */
const summaryLimit = 1024 * 1024;

/** Adds Markdown to the page of the run, which everybody sees who sees the pull request. */
export async function addSummary(markdown: string, environment: Environment): Promise<void> {
  const file = environment["GITHUB_STEP_SUMMARY"];
  if (file === undefined) return void process.stdout.write(`${markdown}\n`);
  const bytes = Buffer.from(`${markdown}\n`);
  await appendFile(file, bytes.length <= summaryLimit ? bytes : bytes.subarray(0, summaryLimit - 1024));
}
