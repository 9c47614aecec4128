import { recordDeployment } from "../deployed/record.ts";

import type { Context, RecoveryOptions } from "./context.ts";
import { contextOf, record, recordOnce } from "./context.ts";
import type { Decision } from "./decision.ts";
import { nothing } from "./decision.ts";
import { turnOff, turnOn } from "./degraded-mode.ts";
import type { RecoveryEvent } from "./event.ts";
import { failureWords, findings } from "./failure-words.ts";
import { isAncestor } from "./history.ts";
import { measures } from "./measures.ts";
import { fetchNotes } from "./notes.ts";
import { confirmRecovery, noteFailedMeasure } from "./outcome.ts";
import { rollBack } from "./rollback.ts";
import { fetchBranch } from "./workspace.ts";

/**
 * Does what an application wants done about an event, in Git alone, and writes down what was done and why: the one
 * implementation behind the receiver of the local platform, the workflow `rollback.yml` and `gitops on-failure`.
 *
 * Idempotent: what it did it finds again in the trailers of its commits and in the notes.
 * @returns every decision, the refused ones too, in order
 * @throws when the repository or its remote does not answer
 */
export async function handleEvent(event: RecoveryEvent, options: RecoveryOptions): Promise<readonly Decision[]> {
  if (event.kind === "synced") return [await recordDeployment(event, options)];
  const context = contextOf(event, options);
  const tip = await fetchBranch(options, event.branch);
  await fetchNotes(options);
  return event.kind === "healthy" ? healthy(context, tip) : degraded(context, tip);
}

async function healthy(context: Context, tip: string): Promise<readonly Decision[]> {
  const recovered = await confirmRecovery(context, tip);
  const ended = await turnOff(context);
  if (ended?.commit !== undefined) {
    await record(context, ended.commit, { action: ended.action, reason: ended.reason, commit: ended.commit });
  } else if (ended?.action === "refused") {
    await recordOnce(context, context.event.revision, { action: ended.action, reason: ended.reason });
  }
  const decisions = [recovered, ended].filter((decision) => decision !== undefined);
  const telling = decisions.filter(({ action }) => action !== "nothing");
  return telling.length > 0 ? telling : [nothing(`${context.event.name} is Healthy`)];
}

async function degraded(context: Context, tip: string): Promise<readonly Decision[]> {
  const failed = await noteFailedMeasure(context, tip);
  const decision = await respond(context);
  await write(context, decision);
  return failed === undefined ? [decision] : [failed, decision];
}

function respond(context: Context): Promise<Decision> {
  const { event } = context;
  switch (event.onFailure) {
    case "rollback":
      return rollBack(context);
    case "degrade":
      return turnOn(context);
    case "notify":
      return Promise.resolve({
        action: "notified",
        reason: `${failureWords(event)}; it is left to people`,
        needsPerson: true,
      });
  }
}

/** At the commit that was made, or else at the one that failed; a revision that nobody knows has no place for a note. */
async function write(context: Context, decision: Decision): Promise<void> {
  const { event, options, repository } = context;
  const { action, reason, commit, reverted } = decision;
  if (commit !== undefined) {
    await record(context, commit, { action, reason, commit, ...(reverted === undefined ? {} : { reverted }) });
    return;
  }
  const tip = await fetchBranch(options, event.branch);
  if (!(await isAncestor(repository, event.revision, tip))) return;
  if (action === "nothing") return repair(context, tip);
  await recordOnce(context, event.revision, { action, reason });
  // A degraded mode that is on already and did not help: at its commit, where the way off looks for it.
  if (event.onFailure !== "degrade") return;
  const [measure] = await measures(repository, tip, event);
  if (measure !== undefined) await recordOnce(context, measure.id, { action, reason });
}

/** After a crash between the commit and its note: the commit says enough to write the note now. */
async function repair(context: Context, tip: string): Promise<void> {
  const { event, repository } = context;
  const [measure] = await measures(repository, tip, event);
  if (measure === undefined) return;
  const { id, trailers } = measure;
  const from = [...(trailers.get("Rolled-back-from") ?? []), ...(trailers.get("Degraded-from") ?? [])];
  if (!from.includes(event.revision)) return;
  const reverted = trailers.get("Reverted-commit");
  const action = reverted === undefined ? "degraded-mode-on" : "rolled-back";
  const said = { action, reason: `${event.name} was Degraded on ${event.revision}${findings(event)}`, commit: id };
  await recordOnce(context, id, reverted === undefined ? said : { ...said, reverted });
}
