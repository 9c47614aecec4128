import type { Change } from "../recovery/change-branch.ts";
import { refused } from "../recovery/decision.ts";
import type { Decision } from "../recovery/decision.ts";
import { git, short, tryGit } from "../recovery/git.ts";
import { commits, isAncestor } from "../recovery/history.ts";
import type { TrailerName } from "../recovery/trailers.ts";
import { fetchBranch, remoteOf, withWorktree } from "../recovery/workspace.ts";
import type { Workspace } from "../recovery/workspace.ts";

/** Branches of a proposal: the command's own one, and what it shall be merged into. */
export interface Branches {
  readonly head: string;
  readonly base: string;
  /** Trailer that every commit of the command has: a commit without it is a person's. */
  readonly mark: TrailerName;
}

/**
 * Commits a change on the newest commit of the base, and pushes it to the head, which belongs to the command: what it
 * wrote there before is replaced, what people added is not.
 * @param plan looks at the base and says what to do
 */
export async function pushProposal(
  workspace: Workspace,
  { head, base, mark }: Branches,
  plan: (tip: string) => Promise<Change | Decision>,
): Promise<Decision> {
  const tip = await fetchBranch(workspace, base);
  const planned = await plan(tip);
  if (!("apply" in planned)) return planned;
  return withWorktree(workspace, tip, async (tree) => {
    const change = await planned.apply(tree);
    if (!("message" in change)) return change;
    const { message, decision } = change;
    if (workspace.preview !== undefined) {
      workspace.preview({ message, difference: await git(tree, ["diff", "--cached", "--no-color", "--no-ext-diff"]) });
      return decision;
    }
    const there = await headOf(workspace, head);
    if (there !== undefined) {
      const content = (await git(tree, ["write-tree"])).trim();
      const same = (await git(tree, ["rev-parse", `${there}^{tree}`])).trim() === content;
      if (same && (await isAncestor(tree, tip, there))) return { ...decision, commit: there };
      const foreign = await addedByPeople(workspace, there, tip, mark);
      if (foreign !== undefined) return refused(foreign.replace("%", head), true);
    }
    const { author } = workspace;
    const env = author === undefined ? {} : { GIT_AUTHOR_NAME: author.name, GIT_AUTHOR_EMAIL: author.email };
    await git(tree, ["commit", "--quiet", "--file=-"], { input: message, env });
    const commit = (await git(tree, ["rev-parse", "HEAD"])).trim();
    await replaceHead(workspace, head, commit, there);
    return { ...decision, commit };
  });
}

/** The newest commit of a branch that may not be there. */
export async function headOf(workspace: Workspace, head: string): Promise<string | undefined> {
  const listed = await git(workspace.repository, ["ls-remote", remoteOf(workspace), `refs/heads/${head}`]);
  return listed.trim() === "" ? undefined : fetchBranch(workspace, head);
}

async function addedByPeople(
  { repository }: Workspace,
  there: string,
  tip: string,
  mark: TrailerName,
): Promise<string | undefined> {
  const added = await commits(repository, `${tip}..${there}`);
  const foreign = added.find(({ trailers }) => !trailers.has(mark));
  if (foreign === undefined) return undefined;
  return `branch "%" has ${short(foreign.id)} of ${foreign.author}; merge or delete it first: it is not overwritten`;
}

/**
 * Points the command's own branch to a commit, if it is still where it was seen.
 * @throws Error with git's words when it moved, or the remote refuses
 */
export async function replaceHead(
  workspace: Workspace,
  head: string,
  commit: string,
  seen: string | undefined,
): Promise<void> {
  const ref = `refs/heads/${head}`;
  const lease = `--force-with-lease=${ref}:${seen ?? ""}`;
  const pushed = await tryGit(workspace.repository, [
    "push",
    "--quiet",
    lease,
    remoteOf(workspace),
    `${commit}:${ref}`,
  ]);
  if (!pushed.ok) throw new Error(`"${head}" was not pushed: ${pushed.stderr.trim()}`);
}
