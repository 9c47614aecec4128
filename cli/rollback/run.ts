import { join } from "node:path";

import { execa } from "execa";

import { connectCluster } from "../cluster/connect.ts";
import type { RollbackFlags } from "../commands/rollback.ts";
import { exitCodes, UsageError } from "../errors.ts";
import { interruptSignal } from "../plan/interrupt.ts";
import { findKustomize } from "../plan/manifests/kustomize.ts";
import { contextOf, record } from "../recovery/context.ts";
import type { Context } from "../recovery/context.ts";
import type { Decision } from "../recovery/decision.ts";
import { fetchNotes } from "../recovery/notes.ts";
import { rollBack } from "../recovery/rollback.ts";
import type { Preview } from "../recovery/workspace.ts";
import { openRepository, personOf } from "../repository/open.ts";
import type { Repository } from "../repository/open.ts";

import { subjectIn, subjectInGit } from "./event.ts";
import type { Subject } from "./event.ts";
import { print } from "./print.ts";
import { restoreTo } from "./restore.ts";
import { heldByWindow } from "./window.ts";

/**
 * `gitops rollback`.
 * @returns the exit code: 0 rolled back (or it was already), 1 refused
 * @throws UsageError, an error of Git, or the interruption
 */
export async function runRollback(application: string, flags: RollbackFlags): Promise<number> {
  if (flags.emergency && flags.reason === undefined) {
    throw new UsageError("--emergency is recorded with its reason; give --reason <text>");
  }
  const repository = await openRepository(flags);
  const person = await personOf(repository.repository);
  const { signal, release } = interruptSignal();
  try {
    const subject = await find(repository, application, flags);
    let preview: Preview | undefined;
    const context = contextOf(subject.event, {
      ...repository,
      signal,
      author: person,
      request: { by: `${person.name} <${person.email}>`, reason: flags.reason, emergency: flags.emergency ?? false },
      // A person may find out later than the platform looks.
      limits: { rollbackWindow: Infinity },
      ...(flags.render ? { render: (tree: string, overlay: string) => render(tree, overlay, signal) } : {}),
      ...(flags.dryRun ? { preview: (change: Preview) => (preview = change) } : {}),
    });
    await fetchNotes(repository);
    if (subject.warning !== undefined) console.error(`warning: windows are not known: ${subject.warning}`);
    const decision = heldByWindow(subject, flags.emergency ?? false, new Date()) ?? (await act(context, flags.to));
    if (decision.commit !== undefined) await note(context, decision.commit, decision.reason, decision.reverted ?? []);
    print({ subject, decision, preview, flags });
    return decision.action === "refused" ? exitCodes.violation : exitCodes.clean;
  } finally {
    release();
  }
}

function act(context: Context, to: string | undefined): Promise<Decision> {
  return to === undefined ? rollBack(context) : restoreTo(context, to);
}

async function find(repository: Repository, application: string, flags: RollbackFlags): Promise<Subject> {
  if (!flags.cluster) return subjectInGit(repository, application, flags.env);
  const cluster = await connectCluster(flags);
  try {
    return await subjectIn(cluster, application, flags.env);
  } finally {
    cluster.close();
  }
}

/** The same record as after an automatic rollback, and who asked. */
async function note(context: Context, commit: string, reason: string, reverted: readonly string[]): Promise<void> {
  const { request } = context.options;
  await record(context, commit, {
    action: "rolled-back",
    reason,
    commit,
    reverted,
    ...(request === undefined ? {} : { by: request.by }),
    ...(request?.emergency ? { emergency: request.reason ?? "" } : {}),
  });
}

/** Without kustomize nothing is committed unseen: `--no-render` is a person's choice. */
async function render(tree: string, overlay: string, signal: AbortSignal): Promise<void> {
  await execa(await findKustomize(signal), ["build", join(tree, overlay)], { cancelSignal: signal });
}
