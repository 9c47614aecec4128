import { realpathSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { git, tryGit } from "./git.ts";

/** What would be committed. */
export interface Preview {
  readonly message: string;
  readonly difference: string;
}

/** A repository through which the platform changes a branch of its remote. What is checked out there stays as it is. */
export interface Workspace {
  /** A clone, bare or not. */
  readonly repository: string;
  /** Default `origin`. */
  readonly remote?: string;
  /** Added to the environment of pushes. */
  readonly pushEnvironment?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** The person who asked for a change, who becomes the author of its commit. Default: the platform. */
  readonly author?: Person;
  /** The file with the key that signs records where neither environment nor Git names one. Default: none signs. */
  readonly recordKey?: string;
  /** Instead of committing: gets what would be committed. Nothing is pushed then. */
  readonly preview?: (change: Preview) => void;
}

/** As Git knows people. */
export interface Person {
  readonly name: string;
  readonly email: string;
}

export const remoteOf = ({ remote = "origin" }: Workspace): string => remote;

/**
 * Fetches a branch, so that what is decided is decided on what the remote has now.
 * @returns its newest commit
 * @throws when the remote has no such branch or does not answer
 */
export async function fetchBranch(workspace: Workspace, branch: string): Promise<string> {
  const ref = `refs/gitops/heads/${branch}`;
  const fetch = ["fetch", "--quiet", "--no-tags", "--update-shallow", remoteOf(workspace)];
  await git(workspace.repository, [...fetch, `+refs/heads/${branch}:${ref}`]);
  return (await git(workspace.repository, ["rev-parse", "--verify", `${ref}^{commit}`])).trim();
}

/** Checks a commit out into a temporary folder for as long as `use` runs. */
export async function withWorktree<T>(
  { repository }: Workspace,
  commit: string,
  use: (tree: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(realpathSync(tmpdir()), "gitops-recovery-"));
  const tree = join(folder, "tree");
  try {
    await git(repository, ["worktree", "add", "--quiet", "--detach", tree, commit]);
    return await use(tree);
  } finally {
    await tryGit(repository, ["worktree", "remove", "--force", tree]);
    await rm(folder, { recursive: true, force: true });
  }
}

/** The remote's words when a push lost against another one, which a new try can mend. */
const outrun = /\[rejected\]|fetch first|non-fast-forward|cannot lock ref|failed to update ref/;

/**
 * Pushes, never by force.
 * @returns whether the remote took it; `false` when somebody else was faster
 * @throws with the remote's words when it refuses, for example because of the rules of the branch
 */
export async function push(workspace: Workspace, source: string, target: string): Promise<boolean> {
  const options = workspace.pushEnvironment === undefined ? {} : { env: workspace.pushEnvironment };
  const args = ["push", "--quiet", remoteOf(workspace), `${source}:${target}`];
  const result = await tryGit(workspace.repository, args, options);
  if (result.ok) return true;
  if (outrun.test(result.stderr)) return false;
  throw new Error(`"${target}" was not pushed: ${result.stderr.trim()}`);
}
