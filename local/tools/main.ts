/**
 * Builds every tool with plain progress lines, so that a CI job can fill the cache before anything needs it:
 * `npx tsx local/tools/main.ts [folder...]`.
 */
import { layout } from "../layout.ts";

import { describeEvent } from "./describe-event.ts";
import { ensureTools } from "./ensure.ts";
import { toolFolders } from "./manifest.ts";
import type { ToolFolder } from "./manifest.ts";
import { checkPrerequisites } from "./prerequisites.ts";

const interrupted = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) {
  // Not `once`: see the option `signal` of `ensureTools`.
  process.on(name, () => interrupted.abort(new Error(`interrupted by ${name}; start again, what is built is kept`)));
}

try {
  const names = process.argv.slice(2).map(parseFolder);
  await checkPrerequisites();
  await ensureTools({
    ...(names.length === 0 ? {} : { names }),
    signal: interrupted.signal,
    logDirectory: layout().logs,
    onEvent: (event) => console.log(describeEvent(event)),
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function parseFolder(name: string): ToolFolder {
  const folder = toolFolders.find((known) => known === name);
  if (folder === undefined)
    throw new Error(`no tool "${name}": give some of ${toolFolders.join(", ")}, or none for all`);
  return folder;
}
