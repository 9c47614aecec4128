import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { execa } from "execa";

import type { OnFailureFlags } from "../commands/on-failure.ts";
import { exitCodes, UsageError } from "../errors.ts";
import { interruptSignal } from "../plan/interrupt.ts";
import { findKustomize } from "../plan/manifests/kustomize.ts";

import type { RecoveryOptions } from "./context.ts";
import type { Decision } from "./decision.ts";
import { handleEvent } from "./handle.ts";
import { noteOverdue } from "./outcome.ts";
import { readEvent } from "./read-event.ts";

/**
 * `gitops on-failure`.
 * @returns the exit code
 * @throws UsageError, an error of Git, or the interruption
 */
export async function runOnFailure(flags: OnFailureFlags): Promise<number> {
  if (flags.event === undefined && flags.overdue === undefined) {
    throw new UsageError("nothing to do; give --event <file> or --overdue");
  }
  if (flags.overdue !== undefined && flags.branch.length === 0) {
    throw new UsageError("--overdue: no branch to look at; give --branch <name>");
  }
  const { signal, release } = interruptSignal();
  try {
    const options: RecoveryOptions = {
      repository: resolve(flags.directory),
      remote: flags.remote,
      signal,
      ...(flags.render ? { render: (tree: string, overlay: string) => render(tree, overlay, signal) } : {}),
    };
    const decisions = flags.event === undefined ? await overdue(flags, options) : await event(flags, options, signal);
    print(decisions, flags.json ?? false);
    return decisions.some(({ needsPerson }) => needsPerson) ? exitCodes.violation : exitCodes.clean;
  } finally {
    release();
  }
}

async function overdue(flags: OnFailureFlags, options: RecoveryOptions): Promise<readonly Decision[]> {
  const decisions: Decision[] = [];
  for (const branch of flags.branch) decisions.push(...(await noteOverdue(options, branch)));
  return decisions;
}

async function event(
  flags: OnFailureFlags,
  options: RecoveryOptions,
  signal: AbortSignal,
): Promise<readonly Decision[]> {
  const report = await readEvent(flags.event ?? "-");
  const end = Date.now() + flags.wait * 1000;
  for (;;) {
    const decisions = await handleEvent(report, options);
    const waiting = decisions.find(({ action }) => action === "waiting");
    const until = waiting?.notBefore === undefined ? Infinity : new Date(waiting.notBefore).getTime();
    if (waiting === undefined || until > end) return decisions;
    console.error(`${waiting.reason}; asks again at ${waiting.notBefore}`);
    await delay(Math.max(until - Date.now(), 0) + 1000, undefined, { signal });
  }
}

/** Without kustomize nothing is committed unseen: `--no-render` is a person's choice. */
async function render(tree: string, overlay: string, signal: AbortSignal): Promise<void> {
  await execa(await findKustomize(signal), ["build", join(tree, overlay)], { cancelSignal: signal });
}

function print(decisions: readonly Decision[], json: boolean): void {
  if (json) return console.log(JSON.stringify({ version: 1, decisions }, null, 2));
  for (const { action, reason, commit, notBefore } of decisions) {
    const more = [
      commit === undefined ? [] : [`commit ${commit}`],
      notBefore === undefined ? [] : [`not before ${notBefore}`],
    ];
    console.log([`${action}: ${reason}`, ...more.flat()].join("; "));
  }
  if (decisions.length === 0) console.log("nothing is overdue");
}
