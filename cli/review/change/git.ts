import { UsageError } from "../../errors.ts";
import { git } from "../../plan/git.ts";

import type { Commit } from "./change.ts";

/** What Git knows of a change. */
export interface GitChange {
  /** Full hash of what the two sides have in common: what a pull request is compared with. */
  readonly mergeBase: string;
  readonly commits: readonly Commit[];
  /** From the root of the repository, with those of the working tree that are not committed yet. */
  readonly files: readonly string[];
  /** Unified diff of the same. */
  readonly diff: string;
}

/**
 * The commits and files between a revision and the working tree.
 * @throws UsageError when there is no such revision, or when it has nothing in common with HEAD
 */
export async function readGit(directory: string, base: string, signal: AbortSignal): Promise<GitChange> {
  await git(directory, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${base}^{commit}`], signal).catch(
    () => {
      signal.throwIfAborted();
      throw new UsageError(
        `--base "${base}": no such revision; give a branch, a tag or a commit (a remote's after \`git fetch\`)`,
      );
    },
  );
  const mergeBase = await git(directory, ["merge-base", base, "HEAD"], signal).catch(() => {
    signal.throwIfAborted();
    throw new UsageError(
      `--base "${base}": no common commit with HEAD; in a shallow clone, fetch the history (\`git fetch --unshallow\`)`,
    );
  });
  const [log, tracked, untracked, diff] = await Promise.all([
    git(directory, ["log", "-z", "--no-merges", "--format=%H%x1f%B", `${mergeBase}..HEAD`], signal),
    git(directory, ["diff", "-z", "--no-renames", "--name-only", mergeBase], signal),
    git(directory, ["ls-files", "-z", "--others", "--exclude-standard", "--full-name", ":/"], signal),
    git(directory, ["diff", "--no-color", "--no-ext-diff", "--no-textconv", mergeBase], signal),
  ]);
  return {
    mergeBase,
    commits: entries(log).map((entry) => {
      const [hash = "", message = ""] = entry.split("\u001f");
      return { hash: hash.trim(), message };
    }),
    files: [...new Set([...entries(tracked), ...entries(untracked)])].sort(),
    diff,
  };
}

function entries(list: string): readonly string[] {
  return list.split("\0").filter((entry) => entry.trim() !== "");
}
