import { existsSync } from "node:fs";
import { join } from "node:path";

import type { Change } from "../recovery/change-branch.ts";
import type { RecoveryOptions } from "../recovery/context.ts";
import { nothing, refused } from "../recovery/decision.ts";
import type { Decision } from "../recovery/decision.ts";
import { git, short, tryGit } from "../recovery/git.ts";
import { isAncestor, ownCommits } from "../recovery/history.ts";
import { ownPaths } from "../recovery/own-paths.ts";
import { brokenBy } from "../recovery/rollback.ts";

import { messageOf, wordsOf } from "./message.ts";
import type { Plan, Promoted, Promotion } from "./promotion.ts";

/** Commits of one application that a summary lists. */
const listed = 30;

/** A whole branch, as far as it is known to be well. */
export interface BranchPlan extends Plan {
  /** What is to be merged. */
  readonly revision: string;
}

/**
 * Works out what a merge brings. Everything or nothing: one application that is not well holds the branch up.
 * @param sourceTip newest commit of the source's branch; newer ones than what is well stay behind
 */
export async function planBranch(
  repository: string,
  { source, from }: Promotion,
  sourceTip: string,
  tip: string,
): Promise<BranchPlan | Decision> {
  const [first] = source.refused;
  if (first !== undefined) return refused(source.refused.map(({ reason }) => reason).join("; "), true);
  const revisions = [...new Set(source.candidates.map(({ revision }) => revision))];
  const [revision = "", another] = revisions;
  if (another !== undefined) {
    const list = source.candidates.map(({ application, revision: at }) => `${application} ${short(at)}`).join(", ");
    return refused(`the applications of ${from} are well with different commits (${list}); try again in a minute`);
  }
  if (!(await isAncestor(repository, revision, sourceTip))) {
    return refused(`revision ${short(revision)} is not on branch "${source.branch}"`, true);
  }
  if (await isAncestor(repository, revision, tip)) {
    return nothing(`"${source.targetBranch}" has ${short(revision)} of "${source.branch}" already`);
  }
  const promoted: Promoted[] = [];
  for (const { application, path } of source.candidates) {
    const commits = await ownCommits(repository, `${tip}..${revision}`, ownPaths(path), listed);
    promoted.push({ application, revision, images: [], commits });
  }
  return { revision, promoted, refused: [] };
}

/** The merge, as one commit on the target's branch. */
export function mergeBranch(
  promotion: Promotion,
  { revision, promoted }: BranchPlan,
  render: RecoveryOptions["render"],
): Change {
  return {
    apply: async (tree) => {
      const merged = await tryGit(tree, ["merge", "--no-ff", "--no-commit", "--quiet", revision]);
      if (!merged.ok) {
        const files = (await git(tree, ["diff", "--name-only", "--diff-filter=U"])).trim().split("\n").join(", ");
        const why = files === "" ? merged.stderr.trim() : `conflicts in ${files}`;
        return refused(`${short(revision)} does not merge into "${promotion.source.targetBranch}": ${why}`, true);
      }
      for (const { application } of promoted) {
        const overlay = `apps/${application}/overlays/${promotion.to}`;
        if (!existsSync(join(tree, overlay))) continue;
        const broken = await brokenBy(render, tree, overlay);
        if (broken !== undefined) return refused(`merged, ${overlay} does not render: ${broken}`, true);
      }
      const decision = { action: "promoted", reason: wordsOf(promotion, promoted).title, needsPerson: false } as const;
      return { message: messageOf(promotion, promoted), decision };
    },
  };
}
