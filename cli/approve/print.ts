import { palette } from "../plan/output/palette.ts";
import { short } from "../recovery/git.ts";

import type { ApprovalResult } from "./result.ts";
import { isDone } from "./result.ts";

/** What waits and what was done, for people. */
export function textOf(result: ApprovalResult): string {
  const { action, reason, change, waitsFor } = result;
  const colours = palette(process.stdout.isTTY);
  const lines: string[] = [];
  if (change !== null) {
    const what = waitsFor === "promotion" ? "to be promoted" : "to be synced";
    lines.push(`${result.application} in ${result.environment} waits ${what}:`);
    lines.push(`  revision ${change.revision}`);
    const more = change.count > 1 ? ` and ${change.count - 1} more` : "";
    lines.push(`  change   ${short(change.commit)} ${change.subject} (${change.author})${more}`);
    if (change.image !== null) lines.push(`  image    ${change.image}`);
  }
  const paint = isDone(result) ? colours.green : action === "nothing-waits" ? colours.yellow : colours.red;
  lines.push(action === "nothing-waits" ? reason : `${paint(action.replace("-", " "))}: ${reason}`);
  return lines.join("\n");
}

/** The document of `--json`. */
export function documentOf(result: ApprovalResult): object {
  const { action } = result;
  return { version: 1, ...result, approved: action === "approved" || action === "already-approved" };
}
