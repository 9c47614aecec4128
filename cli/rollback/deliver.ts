import { changeBranch } from "../recovery/change-branch.ts";
import type { Change } from "../recovery/change-branch.ts";
import type { Context } from "../recovery/context.ts";
import type { Decision } from "../recovery/decision.ts";
import { short } from "../recovery/git.ts";
import { trailerNames } from "../recovery/trailers.ts";
import type { PullRequest, PullRequests } from "../repository/pull-requests.ts";
import { pushProposal } from "../repository/push-proposal.ts";

/** What became of a rollback. */
export interface Delivered {
  readonly decision: Decision;
  /** Null where it was pushed, or nothing was done. */
  readonly pullRequest: PullRequest | null;
}

type Plan = (tip: string) => Promise<Change | Decision>;

/**
 * Brings a rollback to the environment's branch: as a pull request where the host has them, else as a commit that is
 * pushed. The branch of the pull request carries the revision that is taken back, so that a second run finds the first.
 */
export async function deliver(
  context: Context,
  plan: Plan,
  pullRequests: PullRequests | undefined,
): Promise<Delivered> {
  const { event, options, now } = context;
  if (pullRequests === undefined) {
    return { decision: await changeBranch(options, event.branch, now, plan), pullRequest: null };
  }
  const head = `rollback/${event.application}-${event.environment}-${short(event.revision)}`;
  const branches = { head, base: event.branch, mark: trailerNames.rolledBackFrom };
  let message = "";
  const decision = await pushProposal(options, branches, async (tip) => {
    const planned = await plan(tip);
    if (!("apply" in planned)) return planned;
    return {
      apply: async (tree) => {
        const change = await planned.apply(tree);
        if ("message" in change) ({ message } = change);
        return change;
      },
    };
  });
  if (decision.action !== "rolled-back" || options.preview !== undefined) return { decision, pullRequest: null };
  const [title = "", ...body] = message.split("\n");
  // Whole, with its trailers: where a host squashes, its words become the commit by which all else knows a rollback.
  const proposal = { head, base: event.branch, title, body: body.join("\n").trim() };
  const pullRequest = await pullRequests.propose(proposal);
  return { decision: { ...decision, action: "proposed" }, pullRequest };
}
