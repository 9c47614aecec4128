import { git, tryGit } from "./git.ts";
import type { Commit } from "./history.ts";
import { changedFiles } from "./history.ts";
import type { OwnPaths } from "./own-paths.ts";

/** What a revert did. */
export interface Reverted {
  /** Files of others in the same commits, which were left as they are. */
  readonly leftAlone: readonly string[];
  /** Files that could not be taken back, because they changed since. Then nothing may be committed. */
  readonly conflicts: readonly string[];
}

/**
 * Takes the application's part of commits back, newest first, in the index and the files of a worktree: what
 * `git revert --no-commit` does (for a merge: `--mainline 1`), without touching files of others.
 * @param list each with a parent
 */
export async function revert(tree: string, list: readonly Commit[], own: OwnPaths): Promise<Reverted> {
  const leftAlone = new Set<string>();
  for (const { id, parents } of list) {
    const parent = parents[0] ?? "";
    const files = await changedFiles(tree, parent, id);
    for (const file of files.filter((changed) => !own.owns(changed))) leftAlone.add(file);
    const ours = files.filter(own.owns);
    if (ours.length === 0) continue;
    const difference = ["diff", "--binary", "--full-index", "--no-renames", "--no-color", "--no-ext-diff", parent, id];
    const patch = await git(tree, [...difference, "--", ...ours.map((file) => `:(top,literal)${file}`)]);
    const applied = await tryGit(tree, ["apply", "--reverse", "--3way", "--index", "-"], { input: patch });
    if (!applied.ok) return { leftAlone: [...leftAlone], conflicts: await unmerged(tree, ours) };
  }
  return { leftAlone: [...leftAlone], conflicts: [] };
}

async function unmerged(tree: string, otherwise: readonly string[]): Promise<readonly string[]> {
  const text = await git(tree, ["diff", "--name-only", "--diff-filter=U", "-z"]);
  const files = [...new Set(text.split("\0").filter((file) => file !== ""))];
  return files.length > 0 ? files : otherwise;
}
