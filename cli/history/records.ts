import type { SyncedRevision } from "../cluster/applications.ts";
import { git } from "../recovery/git.ts";
import { notesCopy, parseRecord } from "../recovery/notes.ts";
import type { DeploymentRecord } from "../recovery/notes.ts";

/** Whose records are asked for. */
interface Subject {
  readonly application: string;
  readonly environment: string;
}

/** How far back a branch is looked at, as for its commits (recovery/history.ts). */
const depth = 1000;

/**
 * Everything that the notes of a branch's commits say of an application in an environment, oldest first: what Argo CD
 * syncs is often a commit of another application, which has this one's change too.
 * @param tip as `fetchBranch` found it; the notes as `fetchNotes` did
 */
export async function recordsOnBranch(
  repository: string,
  tip: string,
  { application, environment }: Subject,
): Promise<readonly DeploymentRecord[]> {
  const text = await git(repository, [
    "log",
    "--first-parent",
    `--max-count=${depth}`,
    "--no-notes",
    `--notes=${notesCopy}`,
    "--format=%N",
    tip,
    "--",
  ]);
  return text
    .split("\n")
    .flatMap((line) => parseRecord(line) ?? [])
    .filter((record) => record.application === application && record.environment === environment)
    .sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
}

/** Of an entry that Git remembers: nobody knows whether it was the first of all. */
const unknownId = -1;

/**
 * All syncs that are known, oldest first: the ten that Argo CD remembers, and those that were recorded.
 * @param history of Argo CD
 * @param records of the branch
 */
export function knownSyncs(
  history: readonly SyncedRevision[],
  records: readonly DeploymentRecord[],
): readonly SyncedRevision[] {
  const recorded = records.flatMap(({ action, outcome, revision, startedAt, finishedAt, by }): SyncedRevision[] => {
    if (action !== "deployed" || outcome !== "Succeeded" || startedAt === undefined || finishedAt === undefined) {
      return [];
    }
    const initiatedBy = by === undefined ? { automated: true } : { username: by };
    return [{ id: unknownId, revision, deployStartedAt: startedAt, deployedAt: finishedAt, initiatedBy }];
  });
  // Argo CD writes an entry of its history a moment before the operation ends, so only the beginning is the same.
  const keyOf = ({ revision, deployStartedAt }: SyncedRevision): string =>
    `${revision} ${Date.parse(deployStartedAt ?? "")}`;
  const remembered = new Set(history.map(keyOf));
  const forgotten = recorded.filter((sync) => !remembered.has(keyOf(sync)));
  return [...forgotten, ...history].sort((a, b) => Date.parse(a.deployedAt) - Date.parse(b.deployedAt));
}
