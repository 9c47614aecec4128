import { changeBranch } from "../recovery/change-branch.ts";
import type { Change } from "../recovery/change-branch.ts";
import type { RecoveryOptions } from "../recovery/context.ts";
import { refused } from "../recovery/decision.ts";
import type { Decision } from "../recovery/decision.ts";
import { short } from "../recovery/git.ts";
import { isAncestor } from "../recovery/history.ts";
import { addRecord } from "../recovery/notes.ts";
import { trailerNames } from "../recovery/trailers.ts";
import { fetchBranch } from "../recovery/workspace.ts";
import type { PullRequest, PullRequests } from "../repository/pull-requests.ts";
import { headOf, pushProposal, replaceHead } from "../repository/push-proposal.ts";

import { mergeBranch, planBranch } from "./change-branch.ts";
import { changeImages } from "./change-images.ts";
import { wordsOf } from "./message.ts";
import { planImages } from "./plan-images.ts";
import type { Plan, Promotion } from "./promotion.ts";
import { reviewSection, verdictOf, withReview } from "./review-words.ts";
import { draftCommit, refusalOf } from "./review.ts";
import type { Review, Reviewer } from "./review.ts";

/** What became of a promotion. */
export interface Delivered {
  readonly decision: Decision;
  readonly plan: Plan;
  /** Undefined where nothing was to be reviewed. */
  readonly review: Review | undefined;
  /** Null where it was pushed, or nothing was done. */
  readonly pullRequest: PullRequest | null;
}

/** What a promotion goes through. */
export interface Means {
  /** Undefined: it is pushed. */
  readonly pullRequests: PullRequests | undefined;
  readonly judge: Reviewer;
}

/**
 * Brings a promotion to the target: as a pull request where the host has them, else as a commit that is pushed. It looks
 * again at each newest commit of the target, and does what is done already no second time. What the review does not
 * approve is not pushed; a pull request shows it to people.
 * @param name of the branch of a pull request, after `promote/`
 */
export async function deliver(
  promotion: Promotion,
  name: string,
  options: RecoveryOptions,
  { pullRequests, judge }: Means,
): Promise<Delivered> {
  const { repository, render } = options;
  const { branch, targetBranch } = promotion.source;
  const sourceTip = await fetchBranch(options, branch);
  let plan: Plan = { promoted: [], refused: promotion.source.refused };
  let merged = "";
  let review: Review | undefined;
  const look = async (tip: string): Promise<Change | Decision> => {
    if (promotion.mode === "images") {
      const images = await planImages(repository, promotion, sourceTip, tip);
      plan = images;
      return judged(tip, changeImages(promotion, images, render));
    }
    const whole = await planBranch(repository, promotion, sourceTip, tip);
    if (!("promoted" in whole)) return whole;
    plan = whole;
    merged = whole.revision;
    return judged(tip, mergeBranch(promotion, whole, render));
  };
  const judged = (tip: string, change: Change | Decision): Change | Decision => {
    if (!("apply" in change)) return change;
    return {
      apply: async (tree) => {
        const made = await change.apply(tree);
        if (!("message" in made)) return made;
        review = await judge(tip, await draftCommit(tree, made.message));
        const refusal = pullRequests === undefined ? refusalOf(review) : undefined;
        return refusal === undefined ? { ...made, message: withReview(made.message, review) } : refused(refusal, true);
      },
    };
  };

  if (pullRequests === undefined) {
    const decision = await changeBranch(options, targetBranch, options.now ?? (() => new Date()), look);
    if (decision.commit !== undefined) {
      const reason = `${decision.reason}; review ${review === undefined ? "not made" : verdictOf(review)}`;
      await note(promotion, plan, options, decision.commit, reason);
    }
    return { decision, plan, review, pullRequest: null };
  }
  const head = `promote/${name}`;
  const decision =
    promotion.mode === "images" || options.preview !== undefined
      ? await pushProposal(options, { head, base: targetBranch, mark: trailerNames.promotedFrom }, look)
      : await pushRevision(options, head, targetBranch, look, async (tip) => {
          review = await judge(tip, merged);
          return merged;
        });
  if (decision.action !== "promoted" || options.preview !== undefined) {
    return { decision, plan, review, pullRequest: null };
  }
  const { title, body } = wordsOf(promotion, plan.promoted);
  const whole = review === undefined ? body : `${body}\n\n${reviewSection(review)}`;
  const pullRequest = await pullRequests.propose({ head, base: targetBranch, title, body: whole });
  return { decision, plan, review, pullRequest };
}

/** A whole branch needs no commit: the host merges the revision that is well, which may be older than the branch. */
async function pushRevision(
  options: RecoveryOptions,
  head: string,
  base: string,
  look: (tip: string) => Promise<Change | Decision>,
  revision: (tip: string) => Promise<string>,
): Promise<Decision> {
  const tip = await fetchBranch(options, base);
  const planned = await look(tip);
  if ("action" in planned) return planned;
  const commit = await revision(tip);
  const there = await headOf(options, head);
  if (there !== undefined && !(await isAncestor(options.repository, there, commit))) {
    return refused(`branch "${head}" has ${short(there)}, which is none of the source; merge or delete it first`, true);
  }
  if (there !== commit) await replaceHead(options, head, commit, there);
  return { action: "promoted", reason: `"${head}" is proposed for "${base}"`, needsPerson: false, commit };
}

async function note(
  { by, to }: Promotion,
  { promoted }: Plan,
  options: RecoveryOptions,
  commit: string,
  reason: string,
): Promise<void> {
  const time = (options.now ?? (() => new Date()))().toISOString();
  for (const { application, revision } of promoted) {
    const what = { application, environment: to, revision, reason, commit, by };
    await addRecord(options, commit, { version: 1, time, action: "promoted", ...what });
  }
}
