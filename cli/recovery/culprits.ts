import type { RecoveryEvent } from "./event.ts";
import { changedFiles, isAncestor, ownCommits } from "./history.ts";
import type { Commit } from "./history.ts";
import type { OwnPaths } from "./own-paths.ts";
import { trailerNames } from "./trailers.ts";

export const isRollback = ({ trailers }: Commit): boolean => trailers.has(trailerNames.rolledBackFrom);
export const isDegradedMode = ({ trailers }: Commit): boolean => trailers.has(trailerNames.degradedMode);

/** The deployment that failed: what it brought to the application, and what was there before. */
export interface Deployment {
  /** Commits that changed the application, newest first; the platform's own are among them. */
  readonly commits: readonly Commit[];
  /** The revision that was deployed before; undefined when Argo CD told none. */
  readonly previous: string | undefined;
}

/**
 * What the synced revision brought since the last one that was deployed and had other files of the application. A push
 * of several commits is one deployment: to take only the newest back would lead to a state that nobody has seen run.
 *
 * Nothing when every known predecessor had the same files. When none are told at all: the newest commit that changed the
 * application.
 */
export async function deploymentOf(repository: string, event: RecoveryEvent, own: OwnPaths): Promise<Deployment> {
  const known = event.deployed;
  if (known === undefined)
    return { commits: await ownCommits(repository, event.revision, own, 1), previous: undefined };
  for (const previous of [...known].reverse()) {
    if (previous === event.revision || !(await isAncestor(repository, previous, event.revision))) continue;
    const files = await changedFiles(repository, previous, event.revision);
    if (!files.some(own.owns)) continue;
    return { commits: await ownCommits(repository, `${previous}..${event.revision}`, own), previous };
  }
  return { commits: [], previous: undefined };
}

/** Whether Argo CD had deployed nothing else before: there is no state that is known to have run. */
export function isFirstDeployment({ deployed, revision }: RecoveryEvent): boolean {
  return deployed !== undefined && deployed.every((commit) => commit === revision);
}
