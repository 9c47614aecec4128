import { isRollback } from "./culprits.ts";
import { commits } from "./history.ts";
import type { Commit } from "./history.ts";
import { concerns, trailerNames } from "./trailers.ts";

const turnsOn = ({ trailers }: Commit): boolean => trailers.get(trailerNames.degradedMode)?.includes("on") === true;

/** Commits by which the platform meant to help an application, newest first: rollbacks and degraded modes. */
export async function measures(
  repository: string,
  from: string,
  of?: { readonly application: string; readonly environment: string },
): Promise<readonly Commit[]> {
  const list = await commits(repository, from);
  return list.filter(
    (commit) => (isRollback(commit) || turnsOn(commit)) && (of === undefined || concerns(commit.trailers, of)),
  );
}
