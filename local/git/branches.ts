import type { SimpleGit } from "simple-git";

import { commitOf, commitsBetween } from "./git.ts";

/** What a publication did to a branch. */
export interface BranchResult {
  readonly branch: string;
  /**
   * `created`: it was not there. `fast-forwarded`: it had nothing that HEAD lacks. `unchanged`: it is at HEAD.
   * The rest were left where they are: `behind` HEAD, `ahead` of it, or `diverged`.
   */
  readonly outcome: "created" | "fast-forwarded" | "unchanged" | "behind" | "ahead" | "diverged";
  /** Where it points now. */
  readonly commit: string;
  /** Commits of HEAD that it lacks; 0 unless `behind` or `diverged`. */
  readonly missing: number;
}

/** Points one branch to `head` if that loses nothing and is wanted. */
export async function publishBranch(
  git: SimpleGit,
  branch: string,
  head: string,
  mayFastForward: boolean,
): Promise<BranchResult> {
  const reference = `refs/heads/${branch}`;
  const current = await commitOf(git, reference);
  const move = (old: string): Promise<string> =>
    // With the old value, so that a push that came in between is not overwritten.
    git.raw(["update-ref", "-m", "publish", reference, head, old]);
  if (current === undefined) {
    await move("0".repeat(40));
    return { branch, outcome: "created", commit: head, missing: 0 };
  }
  if (current === head) return { branch, outcome: "unchanged", commit: head, missing: 0 };
  const missing = await commitsBetween(git, current, head);
  const own = await commitsBetween(git, head, current);
  if (own === 0 && mayFastForward) {
    await move(current);
    return { branch, outcome: "fast-forwarded", commit: head, missing: 0 };
  }
  const outcome = missing === 0 ? "ahead" : own === 0 ? "behind" : "diverged";
  return { branch, outcome, commit: current, missing };
}
