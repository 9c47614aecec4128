import type { PromoteFlags } from "../commands/promote.ts";
import { palette } from "../plan/output/palette.ts";
import type { Preview } from "../recovery/workspace.ts";

import type { Delivered } from "./deliver.ts";
import { wordsOf } from "./message.ts";
import type { Promotion } from "./promotion.ts";
import { remarksOf, reviewDocument, verdictOf } from "./review-words.ts";

/** What a run found and did. */
export interface Outcome {
  readonly promotion: Promotion;
  readonly delivered: Delivered;
  /** With `--dry-run`, when there is something to promote. */
  readonly preview: Preview | undefined;
  readonly flags: PromoteFlags;
}

/** Says what was done, or would be. */
export function print(outcome: Outcome): void {
  console.log(outcome.flags.json ? JSON.stringify(documentOf(outcome), null, 2) : textOf(outcome));
}

function documentOf({ promotion, delivered, preview, flags }: Outcome): object {
  const { decision, plan, review, pullRequest } = delivered;
  const { from, to, mode, source } = promotion;
  return {
    version: 1,
    from,
    to,
    mode,
    branch: source.targetBranch,
    dryRun: flags.dryRun ?? false,
    action: decision.action,
    reason: decision.reason,
    commit: decision.commit ?? null,
    pullRequest,
    review: reviewDocument(review),
    promoted: plan.promoted.map(({ application, revision, images, commits }) => ({
      application,
      revision,
      images,
      commits: commits.map(({ id, subject, author }) => ({ revision: id, subject, author })),
    })),
    refused: plan.refused,
    preview: preview ?? null,
  };
}

function textOf({ promotion, delivered, preview }: Outcome): string {
  const colours = palette(process.stdout.isTTY);
  const { decision, plan, review, pullRequest } = delivered;
  const { targetBranch } = promotion.source;
  // Where everything was refused, the decision says it already.
  const left = decision.action === "refused" ? [] : plan.refused;
  const refusals = left.map(({ reason }) => colours.red(`left out: ${reason}`));
  if (preview !== undefined) {
    const { message, difference } = preview;
    return [`would go to "${targetBranch}":`, "", message, difference.trimEnd(), ...refusals].join("\n");
  }
  const paint = decision.action === "refused" ? colours.red : colours.green;
  const words = decision.action === "promoted" ? `\n\n${wordsOf(promotion, plan.promoted).body}\n` : "";
  const where =
    pullRequest === null
      ? decision.commit === undefined
        ? []
        : [`commit ${decision.commit} on "${targetBranch}"`]
      : [`pull request ${pullRequest.number} (${pullRequest.outcome}): ${pullRequest.url}`];
  const verdict = review === undefined ? [] : [`review ${verdictOf(review)}`, ...remarksOf(review)];
  return [`${paint(decision.action)}: ${decision.reason}${words}`, ...verdict, ...where, ...refusals].join("\n");
}
