import type { Layout } from "../layout.ts";

import { bareRepository } from "./bare-repository.ts";
import { publishBranch } from "./branches.ts";
import type { BranchResult } from "./branches.ts";
import { readCheckout } from "./checkout.ts";
import { installHook } from "./hook-script.ts";
import { addRemote, checkRemote } from "./remote.ts";

export interface PublishOptions {
  /** Default: develop, release and main. */
  readonly branches?: readonly string[];
  /** Those that a later publication may move forward to HEAD. Default: develop alone. */
  readonly fastForward?: readonly string[];
  /** Whether the checkout gets the remote `local`. Default: true. */
  readonly remote?: boolean;
}

export interface Publication {
  /** HEAD of the checkout. */
  readonly commit: string;
  readonly branches: readonly BranchResult[];
  /** For a person, one a line: what was not published, and how to publish it. */
  readonly warnings: readonly string[];
}

const shown = 5;

function uncommittedWarning(paths: readonly string[]): string[] {
  if (paths.length === 0) return [];
  const more = paths.length > shown ? ` and ${paths.length - shown} more` : "";
  return [`not published, because not committed: ${paths.slice(0, shown).join(", ")}${more}`];
}

function branchWarning(result: BranchResult): string[] {
  const commits = result.missing === 1 ? "1 commit" : `${result.missing} commits`;
  const lacks = `branch "${result.branch}" lacks ${commits} of your HEAD`;
  if (result.outcome === "behind") return [`${lacks}; deploy with "git push local HEAD:${result.branch}"`];
  if (result.outcome !== "diverged") return [];
  return [`${lacks} and has others; merge it ("git pull local ${result.branch}"), then push`];
}

/**
 * Publishes the HEAD of a checkout to the local Git host.
 *
 * The first time every branch is made at HEAD. Later, only develop moves, and only forward: dev shows what you have,
 * as a merge to develop would. release and main never move by themselves, since starting a platform must not deploy
 * to prod; a warning says what they lack and how to push it. No publication rewinds a branch or loses a commit that
 * was pushed. The hook of a push does not run here.
 *
 * Detached HEADs and shallow clones are fine. A checkout of another history (a new clone of a rewritten repository)
 * shows as diverged.
 *
 * @throws Error when the directory is not a checkout or has no commit, or its remote `local` points elsewhere
 */
export async function publish(
  layout: Layout,
  projectDirectory: string,
  options: PublishOptions = {},
): Promise<Publication> {
  const { branches = ["develop", "release", "main"], fastForward = ["develop"], remote = true } = options;
  const checkout = await readCheckout(projectDirectory);
  if (remote) await checkRemote(layout, projectDirectory);
  const git = await bareRepository(layout);
  // Fetched, not pushed: a push would run the hook, which waits for an Argo CD that may not run yet.
  const refspec = "+HEAD:refs/platform/published";
  await git.raw(["fetch", "--quiet", "--no-tags", "--update-shallow", checkout.directory, refspec]);
  const results: BranchResult[] = [];
  for (const branch of new Set(branches)) {
    results.push(await publishBranch(git, branch, checkout.commit, fastForward.includes(branch)));
  }
  await installHook(layout);
  if (remote) await addRemote(layout, projectDirectory);
  return {
    commit: checkout.commit,
    branches: results,
    warnings: [...uncommittedWarning(checkout.uncommitted), ...results.flatMap(branchWarning)],
  };
}
