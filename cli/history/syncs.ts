import type { SyncedRevision } from "../cluster/applications.ts";
import type { Commit } from "../recovery/history.ts";

/** Which sync brought a commit. */
export type SyncOf = (commit: string) => SyncedRevision | undefined;

/**
 * Finds for each commit of an application the sync that brought it: the first one whose revision has it, when the sync
 * before is known not to have had it. So of a push of several commits all have the same sync.
 * @param branch all commits of the environment's branch, newest first
 * @param own those that changed the application, newest first
 * @param history what Argo CD remembers, oldest first
 */
export function syncsOf(branch: readonly Commit[], own: readonly Commit[], history: readonly SyncedRevision[]): SyncOf {
  const places = new Map(branch.map(({ id }, place) => [id, place]));
  const found = new Map<string, SyncedRevision>();
  const known = history.flatMap((entry) => {
    const place = places.get(entry.revision ?? "");
    return place === undefined ? [] : [{ entry, place }];
  });
  for (const { id } of own) {
    const place = places.get(id) ?? Infinity;
    const index = known.findIndex((sync) => sync.place <= place);
    const sync = known[index];
    if (sync === undefined) continue;
    // What the oldest sync that is remembered had may have been brought by one that is forgotten.
    if (index > 0 || sync.entry.id === 0 || sync.entry.revision === id) found.set(id, sync.entry);
  }
  return (commit) => found.get(commit);
}
