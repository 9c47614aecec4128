import { existsSync, realpathSync } from "node:fs";
import { symlink } from "node:fs/promises";
import { join } from "node:path";

import type { Host } from "../host.ts";
import { readProject } from "../plan/project.ts";
import { oneLine } from "../recovery/context.ts";
import { git, tryGit } from "../recovery/git.ts";
import { withWorktree } from "../recovery/workspace.ts";
import type { Assessment } from "../review/assessment.ts";
import { loadReview } from "../review/bundle.ts";

/** What the review says to a promotion. */
export type Review =
  | { readonly outcome: "approved" | "rejected"; readonly assessment: Assessment }
  /** `skipped`: a person did without. `impossible`: it cannot be made here, for that reason. */
  | { readonly outcome: "skipped" | "impossible"; readonly reason: string };

/** Judges a commit against the newest one of the target's branch. */
export type Reviewer = (base: string, commit: string) => Promise<Review>;

/** As `gitops review --base` in a checkout of the commit. */
export function reviewer(repository: string, host: Host, signal: AbortSignal): Reviewer {
  return (base, commit) =>
    withWorktree({ repository }, commit, async (tree) => {
      const project = readProject(tree);
      if (project === undefined) return impossible("the repository has no Pulumi.yaml in its root");
      const installed = join(repository, "node_modules");
      if (existsSync(installed) && !existsSync(join(tree, "node_modules"))) {
        await symlink(realpathSync(installed), join(tree, "node_modules"));
      }
      const { review } = await loadReview(host);
      try {
        const assessment = await review(project, { base, stack: [] }, host, signal);
        return { outcome: assessment.approve ? "approved" : "rejected", assessment };
      } catch (error) {
        signal.throwIfAborted();
        // By name: the error is of the bundle's own class.
        if (!(error instanceof Error) || error.name !== "UsageError") throw error;
        return impossible(oneLine(error.message).slice(0, 500));
      }
    });
}

const impossible = (reason: string): Review => ({ outcome: "impossible", reason });

/** What is staged in a worktree, as a commit that no branch has; a merge that is under way is one. */
export async function draftCommit(tree: string, message: string): Promise<string> {
  const content = (await git(tree, ["write-tree"])).trim();
  const merged = await tryGit(tree, ["rev-parse", "--quiet", "--verify", "MERGE_HEAD"]);
  const parents = ["-p", "HEAD", ...(merged.ok ? ["-p", merged.stdout.trim()] : [])];
  return (await git(tree, ["commit-tree", content, ...parents, "-F", "-"], { input: message })).trim();
}

/** Why nothing may be pushed without a pull request; undefined when the review lets it pass, or a person did without. */
export function refusalOf(review: Review): string | undefined {
  if (!("assessment" in review)) {
    if (review.outcome === "skipped") return undefined;
    return `no review can be made (${review.reason}), and what is pushed nobody else reviews; --no-review does without`;
  }
  if (review.outcome === "approved") return undefined;
  const { rejections, comments } = review.assessment;
  const errors = comments.filter(({ level }) => level === "error").map(({ rule, message }) => `${rule}: ${message}`);
  return oneLine(`the review rejects it: ${[...rejections, ...errors].join("; ")}`);
}
