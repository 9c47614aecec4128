import type { Context } from "./context.ts";
import { deploymentOf, isDegradedMode, isFirstDeployment, isRollback } from "./culprits.ts";
import { nothing, refused } from "./decision.ts";
import type { Decision } from "./decision.ts";
import { short } from "./git.ts";
import { commits, isAncestor, ownCommits } from "./history.ts";
import type { Commit } from "./history.ts";
import { concerns, trailerNames } from "./trailers.ts";

/** The guards of a rollback, in the order in which their answers help a person most. */
export async function whatToRevert(
  context: Context,
  tip: string,
): Promise<Decision | { readonly commits: readonly Commit[] }> {
  const { event, repository, own, limits, now } = context;
  const { revision, branch, application, environment } = event;
  if (!(await isAncestor(repository, revision, tip))) {
    return refused(`revision ${short(revision)} is not on branch "${branch}"; was the branch rewritten?`, true);
  }
  const rollbacks = (await commits(repository, tip)).filter(
    (commit) => isRollback(commit) && concerns(commit.trailers, { application, environment }),
  );
  const same = rollbacks.find(({ trailers }) => trailers.get(trailerNames.rolledBackFrom)?.includes(revision));
  if (same !== undefined) return nothing(`${short(revision)} was rolled back already, by ${short(same.id)}`);

  if (isFirstDeployment(event)) {
    return refused(
      `${short(revision)} is the first deployment of ${event.name}: no earlier state is known to run`,
      true,
    );
  }
  const deployment = await deploymentOf(repository, event, own);
  const releases = deployment.commits.filter((commit) => !isDegradedMode(commit));
  const [newest] = releases;
  if (newest !== undefined && isRollback(newest)) {
    return refused(`${short(newest.id)} is a rollback itself and did not help; a rollback is never reverted`, true);
  }
  const [newer] = await ownCommits(repository, `${revision}..${tip}`, own, 1);
  if (newer !== undefined) {
    return refused(`${short(newer.id)} on "${branch}" changes ${application} after ${short(revision)}; it is next`);
  }
  const late = secondsLate(context);
  if (late !== undefined) {
    const words = `the failure came ${late} s after the sync, later than ${limits.rollbackWindow} s`;
    return refused(`${words}: it is not taken for the work of ${short(revision)}`, true);
  }
  if (newest === undefined) {
    const since = deployment.previous === undefined ? "" : ` since ${short(deployment.previous)}`;
    return refused(`no commit${since} up to ${short(revision)} changed files of ${application} itself`, true);
  }
  const [last] = rollbacks;
  const ago = last === undefined ? Infinity : (now().getTime() - last.time.getTime()) / 1000;
  if (last !== undefined && ago < limits.minimumInterval) {
    const words = `the last rollback, ${short(last.id)}, was ${Math.round(ago)} s ago`;
    return refused(`${words}; between two are at least ${limits.minimumInterval} s`, true);
  }
  // What an earlier rollback took back stays so: only what came after it is this deployment's.
  const end = releases.findIndex(isRollback);
  const list = end === -1 ? releases : releases.slice(0, end);
  const rootless = list.find(({ parents }) => parents.length === 0);
  if (rootless !== undefined) {
    return refused(`the history known here begins with ${short(rootless.id)}: no earlier state to go back to`, true);
  }
  return { commits: list };
}

/** Seconds from the end of the sync to the failure, when these are too many. */
function secondsLate({ event, limits, now }: Context): number | undefined {
  const synced = event.finishedAt ?? event.startedAt;
  if (synced === undefined) return undefined;
  const failed = event.since === undefined ? now() : new Date(event.since);
  const seconds = Math.round((failed.getTime() - new Date(synced).getTime()) / 1000);
  return seconds > limits.rollbackWindow ? seconds : undefined;
}
