import type { Context, RecoveryOptions } from "./context.ts";
import { record } from "./context.ts";
import type { Decision } from "./decision.ts";
import { findings } from "./failure-words.ts";
import { short } from "./git.ts";
import { isAncestor, ownCommits } from "./history.ts";
import { defaultLimits } from "./limits.ts";
import { measures } from "./measures.ts";
import { addRecord, fetchNotes, readRecords } from "./notes.ts";
import { trailerNames } from "./trailers.ts";
import { fetchBranch } from "./workspace.ts";
import type { Workspace } from "./workspace.ts";

async function hasOutcome(workspace: Workspace, measure: string, outcomes: readonly string[]): Promise<boolean> {
  return (await readRecords(workspace, measure)).some(({ action }) => outcomes.includes(action));
}

/** Confirms the newest measure when the application became healthy on a revision that has it, however late. */
export async function confirmRecovery(context: Context, tip: string): Promise<Decision | undefined> {
  const { event, repository, options, now } = context;
  const [measure] = await measures(repository, tip, event);
  if (measure === undefined || !(await isAncestor(repository, measure.id, event.revision))) return undefined;
  if (await hasOutcome(options, measure.id, ["recovered"])) return undefined;
  const healthy = event.since === undefined ? now() : new Date(event.since);
  const seconds = Math.max(0, Math.round((healthy.getTime() - measure.time.getTime()) / 1000));
  const reason = `${event.name} is Healthy on ${short(event.revision)}, ${seconds} s after ${short(measure.id)}`;
  await record(context, measure.id, { action: "recovered", reason, seconds });
  return { action: "recovered", reason, needsPerson: false };
}

/** Writes down that the newest measure did not help, when the application degraded with it and nothing newer. */
export async function noteFailedMeasure(context: Context, tip: string): Promise<Decision | undefined> {
  const { event, repository, options, own } = context;
  const [measure] = await measures(repository, tip, event);
  if (measure === undefined || !(await isAncestor(repository, measure.id, event.revision))) return undefined;
  if ((await ownCommits(repository, `${measure.id}..${event.revision}`, own, 1)).length > 0) return undefined;
  if (await hasOutcome(options, measure.id, ["recovered", "not-recovered"])) return undefined;
  const reason = `${event.name} is Degraded also with ${short(measure.id)}, which should have helped${findings(event)}`;
  await record(context, measure.id, { action: "not-recovered", reason });
  return { action: "not-recovered", reason, needsPerson: true };
}

/**
 * Writes down, once each, which measures on a branch have had no outcome within the deadline.
 * @returns one decision for each of them
 */
export async function noteOverdue(options: RecoveryOptions, branch: string): Promise<readonly Decision[]> {
  const tip = await fetchBranch(options, branch);
  await fetchNotes(options);
  const now = (options.now ?? (() => new Date()))();
  const deadline = options.limits?.recoveryDeadline ?? defaultLimits.recoveryDeadline;
  const seen = new Set<string>();
  const decisions: Decision[] = [];
  for (const { id, time, trailers } of await measures(options.repository, tip)) {
    const [application = "", environment = ""] = [
      trailers.get(trailerNames.application)?.[0],
      trailers.get(trailerNames.environment)?.[0],
    ];
    // An older measure is none any more once there is a newer one.
    if (seen.has(`${environment}/${application}`)) continue;
    seen.add(`${environment}/${application}`);
    if (now.getTime() - time.getTime() < deadline * 1000) continue;
    if (await hasOutcome(options, id, ["recovered", "not-recovered"])) continue;
    const reason = `${application} in ${environment} was not reported Healthy within ${deadline} s after ${short(id)}`;
    const said = { action: "not-recovered", application, environment, revision: id, reason } as const;
    await addRecord(options, id, { version: 1, time: now.toISOString(), ...said });
    decisions.push({ action: "not-recovered", reason, needsPerson: true });
  }
  return decisions;
}
