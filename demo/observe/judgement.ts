import { atRest } from "./canary.ts";
import type { Canary } from "./canary.ts";

/**
 * Tells when Flagger has judged a revision that is not the one of `before`; it is to be given each status in turn.
 *
 * A Canary that has failed gets the hash of the next revision while it still says Failed: Flagger writes the hash first
 * and begins the analysis after that (fluxcd/flagger v1.36.1, pkg/controller/scheduler.go, shouldAdvance). So another
 * failure counts only once an analysis was seen to begin.
 */
export function judgementAfter(before: Canary): (canary: Canary) => boolean {
  let began = before.status?.phase !== "Failed";
  return ({ status }) => {
    const rests = atRest.includes(status?.phase ?? "");
    if (!rests) began = true;
    const isOther = status?.lastAppliedSpec !== before.status?.lastAppliedSpec;
    return isOther && rests && (began || status?.phase !== "Failed");
  };
}
