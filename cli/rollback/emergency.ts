import type { Cluster } from "../cluster/connect.ts";
import { resumeAt } from "../cluster/flux-resume.ts";
import { awaitSync, requestSync } from "../cluster/sync.ts";
import type { SyncOutcome } from "../cluster/sync.ts";
import { UsageError } from "../errors.ts";
import { record } from "../recovery/context.ts";
import type { Context } from "../recovery/context.ts";
import { isRollback } from "../recovery/culprits.ts";
import { short } from "../recovery/git.ts";
import { commits, isAncestor, ownCommits } from "../recovery/history.ts";
import { concerns, trailerNames } from "../recovery/trailers.ts";
import { fetchBranch } from "../recovery/workspace.ts";

import type { Subject } from "./event.ts";

/** A sync past a window, or of what Flux has suspended. */
export interface EmergencySync extends SyncOutcome {
  readonly revision: string;
}

/** What is asked for. */
export interface EmergencyRequest {
  readonly commit: string;
  /** Of the emergency. */
  readonly why: string;
  /** What delivers it. */
  readonly subject: Pick<Subject, "engine" | "namespace">;
}

/** How long a sync may take before the command says that it still runs, in milliseconds. */
const patience = 300_000;

/**
 * The rollback that is on the branch already and does not run yet: a run that was interrupted, or a pull request that was
 * merged, goes on from there.
 * @param target the state that `--to` names. Default: a revert is looked for
 */
export async function waitingRollback(context: Context, target: string | undefined): Promise<string | undefined> {
  const { event, options, repository, own } = context;
  const tip = await fetchBranch(options, event.branch);
  const [newest] = await ownCommits(repository, tip, own, 1);
  const reverts = (await commits(repository, tip)).filter(
    (commit) =>
      isRollback(commit) &&
      concerns(commit.trailers, event) &&
      commit.trailers.get(trailerNames.rolledBackFrom)?.includes(event.revision) === true,
  );
  // With --to the newest state is the wanted one, whoever made it; a revert may have a newer release behind it.
  const found = target === undefined ? reverts[0] : newest;
  return found === undefined || (await isAncestor(repository, found.id, event.revision)) ? undefined : found.id;
}

/**
 * Syncs a rollback past a window that lets people in. What is asked for is recorded before, how it ended afterwards: in
 * the note of the commit, and in the operation that Argo CD keeps; Flux keeps nothing of the kind.
 * @throws when the record cannot be written: then nothing is synced
 */
export async function syncInEmergency(
  cluster: Cluster,
  context: Context,
  { commit, why, subject }: EmergencyRequest,
): Promise<EmergencySync> {
  const { event, options } = context;
  const by = options.request?.by ?? "nobody";
  const said = { action: "emergency-sync", commit, by, emergency: why };
  const past = subject.engine === "flux" ? "although it is suspended" : "past its window";
  const words = `${event.name} is synced to ${short(commit)} ${past}`;
  await record(context, commit, { ...said, reason: `${words}: ${why}` });
  const outcome = await sync(cluster, context, { commit, why, by, subject });
  const ended = outcome.phase === "Running" ? {} : { outcome: outcome.phase };
  await record(context, commit, { ...said, ...ended, reason: `${words}: ${outcome.phase}: ${outcome.message}` });
  return { revision: commit, ...outcome };
}

async function sync(
  cluster: Cluster,
  { event, options }: Context,
  { commit, why, by, subject }: EmergencyRequest & { readonly by: string },
): Promise<SyncOutcome> {
  const signal = options.signal ?? new AbortController().signal;
  const info = [
    { name: trailerNames.emergency, value: why },
    { name: trailerNames.requestedBy, value: by },
  ];
  try {
    if (subject.engine === "flux") {
      const suspended = { name: event.name, namespace: subject.namespace ?? event.environment, revision: commit };
      return await resumeAt(cluster, suspended, { patience, signal });
    }
    await requestSync(cluster, { name: event.name, revision: commit, by, info });
  } catch (error) {
    // The commit is made, and a person has to know it: with other rights, or a little later, the same command goes on.
    if (error instanceof UsageError) return { phase: "Error", message: error.message };
    throw error;
  }
  return awaitSync(cluster, { name: event.name, revision: commit }, { patience, signal });
}
