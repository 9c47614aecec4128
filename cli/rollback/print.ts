import type { RollbackFlags } from "../commands/rollback.ts";
import { palette } from "../plan/output/palette.ts";
import { short } from "../recovery/git.ts";
import type { Preview } from "../recovery/workspace.ts";

import type { Delivered } from "./deliver.ts";
import type { EmergencySync } from "./emergency.ts";
import type { Subject } from "./event.ts";
import { howItGetsThrough, needsPerson } from "./window.ts";

/** What a run found and did. */
export interface Outcome {
  readonly subject: Subject;
  readonly delivered: Delivered;
  /** Undefined when nothing was synced past a window. */
  readonly sync: EmergencySync | undefined;
  /** With `--dry-run`, unless it was refused. */
  readonly preview: Preview | undefined;
  readonly flags: RollbackFlags;
  readonly emergency: string | undefined;
}

/** Says what was done, or would be, and what has to follow. */
export function print(outcome: Outcome): void {
  console.log(outcome.flags.json ? JSON.stringify(documentOf(outcome), null, 2) : textOf(outcome));
}

function documentOf(outcome: Outcome): object {
  const { subject, delivered, sync, preview, flags, emergency } = outcome;
  const { application, environment, branch, revision } = subject.event;
  const { action, reason, commit, reverted } = delivered.decision;
  return {
    version: 1,
    application,
    environment,
    branch,
    /** What ran. */
    revision,
    dryRun: flags.dryRun ?? false,
    action,
    reason,
    commit: commit ?? null,
    pullRequest: delivered.pullRequest,
    reverted: reverted ?? [],
    emergency: emergency ?? null,
    sync: sync ?? null,
    /** What has to happen before it runs; null when Argo CD or Flux syncs it by itself. */
    next: next(outcome) ?? null,
    preview: preview ?? null,
  };
}

function next({ subject, delivered: { decision, pullRequest }, sync, emergency }: Outcome): string | undefined {
  if (decision.commit === undefined && sync === undefined) return undefined;
  if (sync?.phase === "Succeeded") return undefined;
  if (sync?.phase === "Running") return "the sync is still under way: gitops status shows how it ends";
  const through = howItGetsThrough(subject, new Date());
  if (pullRequest === null) return through;
  const merge = `a person merges ${pullRequest.url}`;
  if (emergency !== undefined && needsPerson(subject) === "sync") {
    return `${merge}; then the same command again syncs it, past the window`;
  }
  return through === undefined ? merge : `${merge}; then ${through}`;
}

function textOf(outcome: Outcome): string {
  const { subject, delivered, sync, preview, flags } = outcome;
  const { event } = subject;
  const { action, reason, commit } = delivered.decision;
  const { pullRequest } = delivered;
  const colours = palette(process.stdout.isTTY);
  const paint = action === "refused" ? colours.red : colours.green;
  if (preview !== undefined) {
    const then = needsPerson(subject) === "sync" && outcome.emergency !== undefined ? ", and synced at once" : "";
    return [`would be committed to "${event.branch}"${then}:`, "", preview.message, preview.difference.trimEnd()].join(
      "\n",
    );
  }
  const lines = [`${paint(action)}: ${reason}`];
  if (pullRequest !== null) {
    lines.push(`pull request ${pullRequest.number} (${pullRequest.outcome}): ${pullRequest.url}`);
  } else if (commit !== undefined) lines.push(`commit ${commit} on "${event.branch}"`);
  if (sync !== undefined) {
    const paintSync = sync.phase === "Succeeded" ? colours.green : colours.red;
    lines.push(`${paintSync(`sync of ${short(sync.revision)}: ${sync.phase}`)}: ${sync.message}`);
  }
  if (action === "refused" && flags.to === undefined && !reason.includes("--emergency")) {
    lines.push("--to <revision> names the state to go back to; gitops history lists what was deployed");
  }
  const further = next(outcome);
  if (further !== undefined) lines.push(further);
  return lines.join("\n");
}
