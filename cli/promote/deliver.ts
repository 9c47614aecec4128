import { changeBranch } from "../recovery/change-branch.ts";
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

/** What became of a promotion. */
export interface Delivered {
  readonly decision: Decision;
  readonly plan: Plan;
  /** Null where it was pushed, or nothing was done. */
  readonly pullRequest: PullRequest | null;
}

/**
 * Brings a promotion to the target: as a pull request where the host has them, else as a commit that is pushed. It looks
 * again at each newest commit of the target, and does what is done already no second time.
 * @param name of the branch of a pull request, after `promote/`
 */
export async function deliver(
  promotion: Promotion,
  name: string,
  options: RecoveryOptions,
  pullRequests: PullRequests | undefined,
): Promise<Delivered> {
  const { repository, render } = options;
  const { branch, targetBranch } = promotion.source;
  const sourceTip = await fetchBranch(options, branch);
  let plan: Plan = { promoted: [], refused: promotion.source.refused };
  let merged = "";
  const look = async (tip: string) => {
    if (promotion.mode === "images") {
      const images = await planImages(repository, promotion, sourceTip, tip);
      plan = images;
      return changeImages(promotion, images, render);
    }
    const whole = await planBranch(repository, promotion, sourceTip, tip);
    if (!("promoted" in whole)) return whole;
    plan = whole;
    merged = whole.revision;
    return mergeBranch(promotion, whole, render);
  };

  if (pullRequests === undefined) {
    const decision = await changeBranch(options, targetBranch, options.now ?? (() => new Date()), look);
    if (decision.commit !== undefined) await note(promotion, plan, options, decision.commit, decision.reason);
    return { decision, plan, pullRequest: null };
  }
  const head = `promote/${name}`;
  const decision =
    promotion.mode === "images" || options.preview !== undefined
      ? await pushProposal(options, { head, base: targetBranch, mark: trailerNames.promotedFrom }, look)
      : await pushRevision(options, head, targetBranch, look, () => merged);
  if (decision.action !== "promoted" || options.preview !== undefined) return { decision, plan, pullRequest: null };
  const pullRequest = await pullRequests.propose({ head, base: targetBranch, ...wordsOf(promotion, plan.promoted) });
  return { decision, plan, pullRequest };
}

/** A whole branch needs no commit: the host merges the revision that is well, which may be older than the branch. */
async function pushRevision(
  options: RecoveryOptions,
  head: string,
  base: string,
  look: (tip: string) => Promise<object>,
  revision: () => string,
): Promise<Decision> {
  const planned = await look(await fetchBranch(options, base));
  if ("action" in planned) return planned as Decision;
  const commit = revision();
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
