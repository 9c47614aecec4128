import { addRecord, fetchNotes, readRecords } from "../recovery/notes.ts";
import type { DeploymentRecord } from "../recovery/notes.ts";
import type { Person, Workspace } from "../recovery/workspace.ts";

import { readApprovals, writeApproval } from "./approvals.ts";
import type { RecordedApproval, Subject } from "./approvals.ts";

/** What is said with an approval. */
export interface Said {
  /** Why; empty where nothing was said. */
  readonly reason: string;
  readonly image: string | null;
}

/**
 * Records an approval: the tag with its trailers, which only one person can make, then the note.
 * @returns the approval that Git has now: of somebody else who was faster, too
 */
export async function recordApproval(
  workspace: Workspace,
  subject: Subject,
  person: Person,
  said: Said,
): Promise<RecordedApproval> {
  await writeApproval(workspace, subject, person, said.reason);
  const approval = await approvalOf(workspace, subject);
  if (approval === undefined) throw new Error(`the approval of ${subject.revision} was pushed and is not there`);
  await noteApproval(workspace, approval, said.image);
  return approval;
}

/** The approval of exactly this, as the remote has it. */
export async function approvalOf(workspace: Workspace, subject: Subject): Promise<RecordedApproval | undefined> {
  const { revision, waitsFor } = subject;
  const all = await readApprovals(workspace, subject);
  return all.find((one) => one.revision === revision && one.waitsFor === waitsFor);
}

/** Writes the note of an approval, unless it is there: also after a crash between the tag and the note. */
export async function noteApproval(
  workspace: Workspace,
  approval: RecordedApproval,
  image: string | null,
): Promise<void> {
  const { application, environment, revision, waitsFor, by, reason, time } = approval;
  await fetchNotes(workspace);
  const same = (record: DeploymentRecord): boolean =>
    record.action === "approved" &&
    record.application === application &&
    record.environment === environment &&
    record.waitedFor === waitsFor;
  if ((await readRecords(workspace, revision)).some(same)) return;
  await addRecord(workspace, revision, {
    version: 1,
    time,
    action: "approved",
    application,
    environment,
    revision,
    reason: reason === "" ? "no reason was given" : reason,
    by,
    waitedFor: waitsFor,
    ...(image === null ? {} : { image }),
  });
}

/** Writes down that somebody tried to approve what they may not, each time. */
export async function noteRefusal(
  workspace: Workspace,
  { application, environment, revision, waitsFor }: Subject,
  person: Person,
  reason: string,
): Promise<void> {
  await addRecord(workspace, revision, {
    version: 1,
    time: new Date().toISOString(),
    action: "approval-refused",
    application,
    environment,
    revision,
    reason,
    by: `${person.name} <${person.email}>`,
    waitedFor: waitsFor,
  });
}
