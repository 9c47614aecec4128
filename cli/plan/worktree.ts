import { existsSync, realpathSync } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { UsageError } from "../errors.ts";

import { git } from "./git.ts";

/** A revision that is checked out beside the user's checkout. */
export interface Worktree {
  /** The same folder as the project's, in the revision. */
  readonly directory: string;
  /** The full hash. */
  readonly commit: string;
}

/**
 * Checks a revision out into a temporary folder for as long as `use` runs. The user's checkout, index and branches
 * stay as they are, and what git keeps about the worktree is removed as well, also after an error or an abort.
 * @throws UsageError when there is no such revision
 */
export async function withWorktree<T>(
  project: string,
  ref: string,
  signal: AbortSignal,
  use: (worktree: Worktree) => Promise<T>,
): Promise<T> {
  const commit = await resolveCommit(project, ref);
  const inside = await git(project, ["rev-parse", "--show-prefix"]);
  const folder = await mkdtemp(join(realpathSync(tmpdir()), "gitops-base-"));
  const tree = join(folder, "tree");
  try {
    // Without the user's hooks: a post-checkout hook may install packages, or ask questions.
    const add = ["-c", "core.hooksPath=/dev/null", "worktree", "add", "--quiet", "--detach", tree, commit];
    await git(project, add, signal);
    const directory = join(tree, inside);
    const installed = join(project, "node_modules");
    if (existsSync(installed) && existsSync(directory) && !existsSync(join(directory, "node_modules"))) {
      await symlink(realpathSync(installed), join(directory, "node_modules"));
    }
    return await use({ directory, commit });
  } finally {
    // Not `prune`: it would also forget worktrees of the user on a disk that is away. It fails where `add` failed.
    await git(project, ["worktree", "remove", "--force", tree]).catch(() => undefined);
    // The link to node_modules goes with the folder; what it points to stays.
    await rm(folder, { recursive: true, force: true });
  }
}

async function resolveCommit(project: string, ref: string): Promise<string> {
  try {
    return await git(project, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  } catch {
    const root = await git(project, ["rev-parse", "--show-toplevel"]).catch(() => undefined);
    if (root === undefined) throw new UsageError(`--base "${ref}": ${project} is not in a Git repository`);
    throw new UsageError(
      `--base "${ref}": no such revision; give a branch, a tag or a commit (a remote's after \`git fetch\`)`,
    );
  }
}
