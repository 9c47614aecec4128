import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** One section of a report: what one job found, as Markdown. */
export interface Part {
  /** Its file's name without `.md`, such as "plan" or "preview-prod". */
  readonly name: string;
  readonly markdown: string;
}

/** Ten times what a comment can hold; more than that is not a report. */
const sizeLimit = 10 * 65_536;

/** In the order of reading: what decides comes first. */
const order = ["review", "plan", "preview-dev", "preview-staging", "preview-prod"];

/**
 * Reads the parts in a folder, most important first. Other files are left out: the folder may come from a fork.
 * @returns none for a folder that does not exist, as when every job failed before its report
 */
export async function readParts(folder: string): Promise<readonly Part[]> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const parts: Part[] = [];
  for (const file of files) {
    const [, name] = /^([a-z][a-z0-9-]{0,60})\.md$/.exec(file) ?? [];
    if (name === undefined) continue;
    const path = join(folder, file);
    const stats = await lstat(path);
    // Not a link: it could lead to any file of the runner.
    if (!stats.isFile() || stats.size > sizeLimit) continue;
    parts.push({ name, markdown: await readFile(path, "utf8") });
  }
  const rank = ({ name }: Part): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return parts.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
