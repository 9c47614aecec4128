import type { Host } from "../host.ts";

import type { review, runReview } from "./run.ts";

/** What the bundle of the review exports. */
export interface ReviewBundle {
  readonly review: typeof review;
  readonly runReview: typeof runReview;
}

/** A bundle of its own: the language data is larger than the rest of the command, and a plan needs none of it. */
export function loadReview(host: Host): Promise<ReviewBundle> {
  return host.loadBundle<ReviewBundle>({
    name: "review",
    entry: 'export { review, runReview } from "gitops-package:cli/review/run.ts";',
  });
}
