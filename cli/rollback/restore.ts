import { join } from "node:path";

import { UsageError } from "../errors.ts";
import { annotate } from "../recovery/annotate.ts";
import type { Change } from "../recovery/change-branch.ts";
import type { Context } from "../recovery/context.ts";
import { isDegradedMode, isRollback } from "../recovery/culprits.ts";
import { nothing, refused } from "../recovery/decision.ts";
import type { Decision } from "../recovery/decision.ts";
import { git, short, tryGit } from "../recovery/git.ts";
import { changedFiles, commits, isAncestor, ownCommits } from "../recovery/history.ts";
import type { Commit } from "../recovery/history.ts";
import { rollbackMessage } from "../recovery/message.ts";
import { brokenBy } from "../recovery/rollback.ts";
import { trailerNames } from "../recovery/trailers.ts";
import { fetchBranch } from "../recovery/workspace.ts";

/** Taken-back commits that the message names one by one. */
const listed = 50;

/**
 * The state to go back to.
 * @param to anything by which Git knows a commit
 * @returns its full id
 * @throws UsageError when it names none
 */
export async function restoreTarget({ event, options, repository }: Context, to: string): Promise<string> {
  await fetchBranch(options, event.branch);
  return resolve(repository, to);
}

async function resolve(repository: string, to: string): Promise<string> {
  // As --end-of-options: a revision never begins with a dash.
  const found = to.startsWith("-") ? undefined : await tryGit(repository, ["rev-parse", "--verify", `${to}^{commit}`]);
  if (found?.ok === true) return found.stdout.trim();
  throw new UsageError(`--to "${to}": no commit is known by that name; gitops history lists those that were deployed`);
}

/**
 * What brings the application's own files back to what an earlier revision of the branch had, and annotates the pod
 * template, as a rollback by revert does.
 */
export async function planRestore(context: Context, target: string, tip: string): Promise<Change | Decision> {
  const { event, own, repository } = context;
  const { application, branch } = event;
  if (!(await isAncestor(repository, target, tip))) {
    return refused(`revision ${short(target)} is not on branch "${branch}"`, true);
  }
  const known = (await commits(repository, tip)).some(({ id }) => id === target);
  if (!known && event.deployed?.includes(target) !== true) {
    return refused(`"${branch}" never pointed at ${short(target)}: a state that nobody has seen run`, true);
  }
  if (!(await tryGit(repository, ["cat-file", "-e", `${target}:${own.overlay}`])).ok) {
    return refused(`${short(target)} does not have "${own.overlay}": ${application} was not there yet`, true);
  }
  const since = await ownCommits(repository, `${target}..${tip}`, own);
  const [newest] = since;
  if (newest === undefined) return nothing(`${application} on "${branch}" is as in ${short(target)} already`);
  if (newest.trailers.get(trailerNames.restoredRevision)?.includes(target) === true) {
    return nothing(`${short(newest.id)} brought ${short(target)} back already`);
  }
  const files = (await changedFiles(repository, target, tip)).filter(own.owns);
  return files.length === 0
    ? nothing(`${application} on "${branch}" is as in ${short(target)} already`)
    : { apply: (tree) => restore(context, tree, { target, files, since }) };
}

interface Plan {
  readonly target: string;
  readonly files: readonly string[];
  /** Commits of the application since then, newest first. */
  readonly since: readonly Commit[];
}

async function restore(
  { event, own, options }: Context,
  tree: string,
  { target, files, since }: Plan,
): ReturnType<Change["apply"]> {
  const paths = files.map((file) => `:(top,literal)${file}`);
  await git(tree, ["restore", `--source=${target}`, "--staged", "--worktree", "--", ...paths]);
  const overlay = join(tree, own.overlay);
  const annotated = await annotate(overlay, event.revision);
  await git(tree, ["add", "--", own.overlay]);
  const broken = await brokenBy(options.render, tree, own.overlay);
  if (broken !== undefined) return refused(`as in ${short(target)} the overlay does not render now: ${broken}`, true);
  const gone = new Set(since.flatMap(({ trailers }) => trailers.get(trailerNames.revertedCommit) ?? []));
  const releases = since.filter((commit) => !isRollback(commit) && !isDegradedMode(commit) && !gone.has(commit.id));
  const reverted = releases.slice(0, listed);
  const { request } = options;
  const message = rollbackMessage(event, reverted, { leftAlone: [], annotated, request, restored: target });
  const decision: Decision = {
    action: "rolled-back",
    reason: `asked for by ${request?.by ?? "nobody"}: ${event.application} is as in ${short(target)} again`,
    needsPerson: false,
    reverted: reverted.map(({ id }) => id),
  };
  return { message, decision };
}
