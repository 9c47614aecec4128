import { existsSync } from "node:fs";
import { join } from "node:path";

import { annotate } from "./annotate.ts";
import { changeBranch } from "./change-branch.ts";
import type { Change } from "./change-branch.ts";
import type { Context } from "./context.ts";
import { oneLine } from "./context.ts";
import { refused } from "./decision.ts";
import type { Decision } from "./decision.ts";
import { failureWords } from "./failure-words.ts";
import { git, short, tryGit } from "./git.ts";
import type { Commit } from "./history.ts";
import { rollbackMessage } from "./message.ts";
import { revert } from "./revert.ts";
import { whatToRevert } from "./what-to-revert.ts";

/**
 * Takes the release that failed back, on the environment's branch. Every guard is asked on the newest commit of the
 * branch, again after each lost push.
 */
export async function rollBack(context: Context): Promise<Decision> {
  const { event, options, now } = context;
  return changeBranch(options, event.branch, now, (tip) => planRollback(context, tip));
}

/** What a rollback changes on a commit of the branch, or the guard that holds. */
export async function planRollback(context: Context, tip: string): Promise<Change | Decision> {
  const found = await whatToRevert(context, tip);
  return "commits" in found ? change(context, found.commits) : found;
}

function change(context: Context, commits: readonly Commit[]): Change {
  const { event, own, options } = context;
  const of = commits.map(({ id }) => short(id)).join(", ");
  return {
    apply: async (tree) => {
      const { leftAlone, conflicts } = await revert(tree, commits, own);
      if (conflicts.length > 0) {
        return refused(`${of} cannot be taken back: ${conflicts.join(", ")} changed since; revert it by hand`, true);
      }
      const overlay = join(tree, own.overlay);
      if (!existsSync(overlay)) {
        return refused(`${of} brought "${own.overlay}" into being: there is no earlier state to go back to`, true);
      }
      if ((await tryGit(tree, ["diff", "--cached", "--quiet"])).ok) {
        return refused(`${of} is taken back already: nothing of it is left on "${event.branch}"`, true);
      }
      const annotated = await annotate(overlay, event.revision);
      await git(tree, ["add", "--", own.overlay]);
      const broken = await brokenBy(options.render, tree, own.overlay);
      if (broken !== undefined) return refused(`without ${of} the overlay does not render: ${broken}`, true);
      const message = rollbackMessage(event, commits, { leftAlone, annotated, request: options.request });
      const others = leftAlone.length === 0 ? "" : `; ${leftAlone.length} files of others in it stay as they are`;
      const { request } = options;
      const why = request === undefined ? failureWords(event) : `asked for by ${request.by}`;
      const decision: Decision = {
        action: "rolled-back",
        reason: `${why}: ${of} is taken back${others}`,
        needsPerson: false,
        reverted: commits.map(({ id }) => id),
      };
      return { message, decision };
    },
  };
}

/** Why an overlay does not render; undefined when it does, or nobody looks. */
export async function brokenBy(
  render: Context["options"]["render"],
  tree: string,
  overlay: string,
): Promise<string | undefined> {
  try {
    await render?.(tree, overlay);
    return undefined;
  } catch (error) {
    return oneLine(error instanceof Error ? error.message : String(error)).slice(0, 500);
  }
}
