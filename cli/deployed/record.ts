import { environmentNames } from "../../infra/environments.ts";
import type { RecoveryOptions } from "../recovery/context.ts";
import { oneLine } from "../recovery/context.ts";
import { nothing } from "../recovery/decision.ts";
import type { Decision } from "../recovery/decision.ts";
import type { RecoveryEvent } from "../recovery/event.ts";
import { short } from "../recovery/git.ts";
import { isAncestor } from "../recovery/history.ts";
import { addRecord, fetchNotes, readRecords } from "../recovery/notes.ts";
import type { DeploymentRecord } from "../recovery/notes.ts";
import { fetchBranch } from "../recovery/workspace.ts";

/** Longest words of Argo CD in a note, in characters: they may list every object. */
const longestMessage = 300;

/**
 * Writes down how a sync ended, in the note of its commit: once an operation, however often it is reported. An operation
 * is told by application, revision and when it began.
 */
export async function recordDeployment(event: RecoveryEvent, options: RecoveryOptions): Promise<Decision> {
  const { application, environment, revision, branch, name, phase, startedAt, finishedAt } = event;
  if (phase === undefined || startedAt === undefined || finishedAt === undefined) {
    return nothing(`the report on ${name} does not say how its sync ended, or when it began`);
  }
  if (!(environmentNames as readonly string[]).includes(environment)) {
    return nothing(`"${environment}" is none of the environments whose deployments are recorded`);
  }
  const tip = await fetchBranch(options, branch);
  if (!(await isAncestor(options.repository, revision, tip))) {
    return nothing(`branch "${branch}" does not have ${short(revision)}: there is no place for a note`);
  }
  await fetchNotes(options);
  const began = new Date(startedAt).toISOString();
  const same = (record: DeploymentRecord): boolean =>
    record.action === "deployed" &&
    record.application === application &&
    record.environment === environment &&
    record.revision === revision &&
    record.startedAt === began;
  if ((await readRecords(options, revision)).some(same)) {
    return nothing(`the sync of ${name} to ${short(revision)} at ${began} is recorded already`);
  }
  const ended = new Date(finishedAt).toISOString();
  const seconds = Math.max(0, Math.round((Date.parse(ended) - Date.parse(began)) / 1000));
  const reason = deploymentWords(event);
  await addRecord(options, revision, {
    version: 1,
    time: ended,
    action: "deployed",
    application,
    environment,
    revision,
    reason,
    outcome: phase,
    startedAt: began,
    finishedAt: ended,
    seconds,
    ...(event.automated === true || event.initiatedBy === undefined ? {} : { by: event.initiatedBy }),
  });
  return { action: "deployed", reason, needsPerson: false };
}

/** One sentence about the end of a sync. */
export function deploymentWords(event: RecoveryEvent): string {
  const { name, revision, phase = "Error", startedAt, finishedAt, message, initiatedBy, automated } = event;
  const who = automated === true || initiatedBy === undefined ? "by itself" : `for ${initiatedBy}`;
  const seconds = Math.round((Date.parse(finishedAt ?? "") - Date.parse(startedAt ?? "")) / 1000);
  const words = phase === "Succeeded" ? "" : `: ${oneLine(message).slice(0, longestMessage)}`;
  return `Argo CD synced ${name} to ${short(revision)} ${who}: ${phase} after ${seconds} s${words}`;
}
