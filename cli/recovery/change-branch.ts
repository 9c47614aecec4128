import { refused } from "./decision.ts";
import type { Decision } from "./decision.ts";
import { git } from "./git.ts";
import { fetchBranch, push, withWorktree } from "./workspace.ts";
import type { Workspace } from "./workspace.ts";

/** A change that is to be made on the newest commit of a branch. */
export interface Change {
  /**
   * Edits and stages files in a checkout of that commit.
   * @returns what the commit is about, or a decision not to make it
   */
  readonly apply: (tree: string) => Promise<{ readonly message: string; readonly decision: Decision } | Decision>;
}

/** Pushes that may lose against another one. */
const attempts = 5;

const isChange = (plan: Change | Decision): plan is Change => "apply" in plan;

/**
 * Decides and changes, on the newest commit of a branch: begins again, decision included, when somebody else pushes in
 * between.
 * @param plan looks at the newest commit and says what to do
 */
export async function changeBranch(
  workspace: Workspace,
  branch: string,
  now: () => Date,
  plan: (tip: string) => Promise<Change | Decision>,
): Promise<Decision> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    workspace.signal?.throwIfAborted();
    const tip = await fetchBranch(workspace, branch);
    const planned = await plan(tip);
    if (!isChange(planned)) return planned;
    const done = await withWorktree(workspace, tip, async (tree): Promise<Decision | undefined> => {
      const change = await planned.apply(tree);
      if (!("message" in change)) return change;
      if (workspace.preview !== undefined) {
        const difference = await git(tree, ["diff", "--cached", "--no-color", "--no-ext-diff"]);
        workspace.preview({ message: change.message, difference });
        return change.decision;
      }
      const date = now().toISOString();
      const { author } = workspace;
      const env = {
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_DATE: date,
        ...(author === undefined ? {} : { GIT_AUTHOR_NAME: author.name, GIT_AUTHOR_EMAIL: author.email }),
      };
      await git(tree, ["commit", "--quiet", "--file=-"], { input: change.message, env });
      const commit = (await git(tree, ["rev-parse", "HEAD"])).trim();
      const taken = await push(workspace, commit, `refs/heads/${branch}`);
      return taken ? { ...change.decision, commit } : undefined;
    });
    if (done !== undefined) return done;
  }
  return refused(`branch "${branch}" moved during each of ${attempts} tries; it was not overwritten`, true);
}
