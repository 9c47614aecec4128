import { join } from "node:path";

import { execa } from "execa";

import { connectCluster } from "../cluster/connect.ts";
import type { Cluster } from "../cluster/connect.ts";
import type { RollbackFlags } from "../commands/rollback.ts";
import { exitCodes } from "../errors.ts";
import { interruptSignal } from "../plan/interrupt.ts";
import { findKustomize } from "../plan/manifests/kustomize.ts";
import { contextOf } from "../recovery/context.ts";
import type { Context } from "../recovery/context.ts";
import { fetchNotes } from "../recovery/notes.ts";
import { planRollback } from "../recovery/rollback.ts";
import type { Preview } from "../recovery/workspace.ts";
import { deliveryOf } from "../repository/host.ts";
import { openRepository, personOf } from "../repository/open.ts";
import type { Repository } from "../repository/open.ts";

import { deliver } from "./deliver.ts";
import type { Delivered } from "./deliver.ts";
import { syncInEmergency, waitingRollback } from "./emergency.ts";
import type { EmergencySync } from "./emergency.ts";
import { subjectIn, subjectInGit } from "./event.ts";
import type { Subject } from "./event.ts";
import { note } from "./note.ts";
import { print } from "./print.ts";
import { whyOf } from "./reason.ts";
import { planRestore, restoreTarget } from "./restore.ts";
import { heldByWindow, needsPerson } from "./window.ts";

/**
 * `gitops rollback`.
 * @returns the exit code: 0 rolled back or proposed (or it was already), 1 refused, or its sync failed
 * @throws UsageError, an error of Git, of the host or of the cluster, or the interruption
 */
export async function runRollback(application: string, flags: RollbackFlags): Promise<number> {
  const why = whyOf(flags);
  const repository = await openRepository(flags);
  const person = await personOf(repository.repository);
  const pullRequests = await deliveryOf(repository, flags, process.env);
  const { signal, release } = interruptSignal();
  const cluster = flags.cluster ? await connectCluster(flags) : undefined;
  try {
    const subject = await find(cluster, repository, application, flags);
    let preview: Preview | undefined;
    const context = contextOf(subject.event, {
      ...repository,
      signal,
      author: person,
      request: { by: `${person.name} <${person.email}>`, reason: why.reason, emergency: why.emergency !== undefined },
      // A person may find out later than the platform looks.
      limits: { rollbackWindow: Infinity },
      ...(flags.render ? { render: (tree: string, overlay: string) => render(tree, overlay, signal) } : {}),
      ...(flags.dryRun ? { preview: (change: Preview) => (preview = change) } : {}),
    });
    await fetchNotes(repository);
    if (subject.warning !== undefined) console.error(`warning: windows are not known: ${subject.warning}`);
    const target = flags.to === undefined ? undefined : await restoreTarget(context, flags.to);
    const held = heldByWindow(subject, why.emergency !== undefined, new Date());
    const delivered: Delivered =
      held === undefined
        ? await deliver(
            context,
            (tip) => (target === undefined ? planRollback(context, tip) : planRestore(context, target, tip)),
            pullRequests,
          )
        : { decision: held, pullRequest: null };
    await note(context, delivered);
    const sync =
      why.emergency === undefined || cluster === undefined || flags.dryRun
        ? undefined
        : await emergencySync(cluster, context, subject, { delivered, target, why: why.emergency });
    print({ subject, delivered, sync, preview, flags, emergency: why.emergency });
    const failed = delivered.decision.action === "refused" || (sync !== undefined && sync.phase !== "Succeeded");
    return failed ? exitCodes.violation : exitCodes.clean;
  } finally {
    cluster?.close();
    release();
  }
}

interface Emergency {
  readonly delivered: Delivered;
  readonly target: string | undefined;
  readonly why: string;
}

/** Where the engine syncs by itself nobody has to; where people are kept out as well, an operation would only hang. */
async function emergencySync(
  cluster: Cluster,
  context: Context,
  subject: Subject,
  { delivered: { decision }, target, why }: Emergency,
): Promise<EmergencySync | undefined> {
  if (needsPerson(subject) !== "sync") return undefined;
  const pushed = decision.action === "rolled-back" ? decision.commit : undefined;
  const commit = pushed ?? (decision.action === "nothing" ? await waitingRollback(context, target) : undefined);
  return commit === undefined ? undefined : syncInEmergency(cluster, context, { commit, why, subject });
}

function find(
  cluster: Cluster | undefined,
  repository: Repository,
  application: string,
  flags: RollbackFlags,
): Promise<Subject> {
  return cluster === undefined
    ? subjectInGit(repository, application, flags.env)
    : subjectIn(cluster, application, flags.env);
}

/** Without kustomize nothing is committed unseen: `--no-render` is a person's choice. */
async function render(tree: string, overlay: string, signal: AbortSignal): Promise<void> {
  await execa(await findKustomize(signal), ["build", join(tree, overlay)], { cancelSignal: signal });
}
