import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import open from "open";

/** A file that is to go again. */
export interface Opened {
  readonly remove: () => Promise<void>;
}

/**
 * Opens an address in the user's browser by way of a file that only the user can read: arguments of a process, where the
 * token would stand otherwise, can be read by everybody on the machine.
 */
export async function openBrowser(url: string): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), "gitops-dashboard-"));
  const file = join(folder, "open.html");
  const page = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${url}">`;
  await writeFile(file, page, { mode: 0o600 });
  const opener = await open(file);
  opener.once("error", (error) => console.error(`warning: no browser was opened: ${error.message}`));
  return { remove: () => rm(folder, { recursive: true, force: true }) };
}
