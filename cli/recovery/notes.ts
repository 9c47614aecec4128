import { z } from "zod";

import { git, tryGit } from "./git.ts";
import { signerOf } from "./record-key.ts";
import { signedRecord } from "./record-signature.ts";
import { push, remoteOf } from "./workspace.ts";
import type { Workspace } from "./workspace.ts";

/** Where the remote keeps what became of deployments. */
export const notesRef = "refs/notes/deployments";

/** Our copy, apart from notes of the user in the same clone; `fetchNotes` brings it up to date. */
export const notesCopy = "refs/notes/gitops-remote-deployments";

const recordSchema = z.object({
  version: z.literal(1),
  /** ISO 8601. */
  time: z.iso.datetime(),
  /** See `Decision`. */
  action: z.string(),
  application: z.string(),
  environment: z.string(),
  /** What Argo CD had synced. */
  revision: z.string(),
  reason: z.string(),
  /** What the platform made. */
  commit: z.string().optional(),
  reverted: z.array(z.string()).readonly().optional(),
  /** The person who asked for it. Absent: the platform did it by itself. */
  by: z.string().optional(),
  /** Why a person broke the rules of a window. Absent: nobody did. */
  emergency: z.string().optional(),
  /** With `recovered` from the measure to the confirmation; with `deployed` how long the sync took. */
  seconds: z.number().optional(),
  /** With `deployed`: how the sync ended (OperationPhase of Argo CD). */
  outcome: z.enum(["Succeeded", "Failed", "Error"]).optional(),
  /** With `deployed`: when the sync began and ended, ISO 8601. An operation is told by when it began. */
  startedAt: z.iso.datetime().optional(),
  finishedAt: z.iso.datetime().optional(),
  /** With `approved` and `approval-refused`: what waited for the person. */
  waitedFor: z.enum(["sync", "promotion"]).optional(),
  /** With `approved`: what runs of it, where it is known. */
  image: z.string().optional(),
  /** The commit of the notes that it was written on; `none` for the first record. It chains the records. */
  previous: z.string().optional(),
  /** Whose signature it is, as OpenSSH writes keys; and the signature, base64. See record-signature.ts. */
  key: z.string().optional(),
  signature: z.string().optional(),
});

/** One line of a note; docs/rollback.md describes it. */
export type DeploymentRecord = Readonly<z.infer<typeof recordSchema>>;

/** Fetches the notes; a remote without any is fine. */
export async function fetchNotes(workspace: Workspace): Promise<void> {
  const { repository } = workspace;
  const listed = await git(repository, ["ls-remote", remoteOf(workspace), notesRef]);
  if (listed.trim() === "") await tryGit(repository, ["update-ref", "-d", notesCopy]);
  else await git(repository, ["fetch", "--quiet", "--no-tags", remoteOf(workspace), `+${notesRef}:${notesCopy}`]);
}

async function noteText({ repository }: Workspace, commit: string): Promise<string> {
  const shown = await tryGit(repository, ["notes", `--ref=${notesCopy}`, "show", commit]);
  return shown.ok ? shown.stdout : "";
}

/** What was recorded about a commit, oldest first, as `fetchNotes` found it. Lines of others are passed over. */
export async function readRecords(workspace: Workspace, commit: string): Promise<readonly DeploymentRecord[]> {
  return (await noteText(workspace, commit)).split("\n").flatMap((line) => parseRecord(line) ?? []);
}

/** A line of a note as a record; undefined for the words of others. */
export function parseRecord(line: string): DeploymentRecord | undefined {
  try {
    return recordSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

async function commitOr({ repository }: Workspace, name: string, otherwise: string): Promise<string> {
  const found = await tryGit(repository, ["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
  return found.ok ? found.stdout.trim() : otherwise;
}

/** Other records may be pushed at the same time: more tries than a branch gets, since no decision is to be made anew. */
const attempts = 10;

/**
 * Adds a line to the note of a commit and pushes it; what others add at the same time is kept. It is signed where there
 * is a key (record-key.ts).
 * @throws when the remote refuses notes
 */
export async function addRecord(workspace: Workspace, commit: string, record: DeploymentRecord): Promise<void> {
  const signer = await signerOf(workspace);
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    await fetchNotes(workspace);
    const previous = await commitOr(workspace, notesCopy, "none");
    const chained = { ...record, previous };
    const line = JSON.stringify(signer === undefined ? chained : signedRecord(signer, commit, chained));
    const before = (await noteText(workspace, commit)).trimEnd();
    const input = `${before === "" ? "" : `${before}\n`}${line}\n`;
    // Not `append`, which puts an empty line between two lines. --force replaces the note in our copy alone.
    await git(workspace.repository, ["notes", `--ref=${notesCopy}`, "add", "--force", "--file=-", commit], { input });
    // Another command in the same clone may have written in between: then it is not what the chain says.
    if ((await commitOr(workspace, `${notesCopy}^`, "none")) !== previous) continue;
    if (await push(workspace, notesCopy, notesRef)) return;
  }
  throw new Error(`"${notesRef}" moved during each of ${attempts} tries; the record of ${commit} was not written`);
}
