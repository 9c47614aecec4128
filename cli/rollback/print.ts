import type { RollbackFlags } from "../commands/rollback.ts";
import { palette } from "../plan/output/palette.ts";
import type { Decision } from "../recovery/decision.ts";
import type { Preview } from "../recovery/workspace.ts";

import type { Subject } from "./event.ts";
import { howItGetsThrough } from "./window.ts";

/** What a run found and did. */
export interface Outcome {
  readonly subject: Subject;
  readonly decision: Decision;
  /** With `--dry-run`, unless it was refused. */
  readonly preview: Preview | undefined;
  readonly flags: RollbackFlags;
}

/** Says what was done, or would be, and what has to follow. */
export function print(outcome: Outcome): void {
  console.log(outcome.flags.json ? JSON.stringify(documentOf(outcome), null, 2) : textOf(outcome));
}

function documentOf({ subject, decision, preview, flags }: Outcome): object {
  const { event } = subject;
  const { application, environment, branch, revision } = event;
  return {
    version: 1,
    application,
    environment,
    branch,
    /** What ran. */
    revision,
    dryRun: flags.dryRun ?? false,
    action: decision.action,
    reason: decision.reason,
    commit: decision.commit ?? null,
    reverted: decision.reverted ?? [],
    emergency: flags.emergency ? (flags.reason ?? "") : null,
    /** What has to happen before it runs; null when Argo CD syncs it by itself. */
    next: decision.commit === undefined ? null : (howItGetsThrough(subject, new Date()) ?? null),
    preview: preview ?? null,
  };
}

function textOf({ subject, decision, preview, flags }: Outcome): string {
  const { event } = subject;
  const colours = palette(process.stdout.isTTY);
  const { action, reason, commit } = decision;
  const paint = action === "refused" ? colours.red : colours.green;
  if (preview !== undefined) {
    return [`would be committed to "${event.branch}":`, "", preview.message, preview.difference.trimEnd()].join("\n");
  }
  const lines = [`${paint(action)}: ${reason}`];
  if (commit !== undefined) lines.push(`commit ${commit} on "${event.branch}"`);
  if (action === "refused" && flags.to === undefined && !reason.includes("--emergency")) {
    lines.push("--to <revision> names the state to go back to; gitops history lists what was deployed");
  }
  const further = commit === undefined ? undefined : howItGetsThrough(subject, new Date());
  if (further !== undefined) lines.push(further);
  return lines.join("\n");
}
