import type { RecoveryEvent } from "../../cli/recovery/index.ts";

import type { JournalEntry } from "./journal.ts";

/** Longest text of an analysis in a report, in characters. */
const longest = 500;

/** Times of Kubernetes are whole seconds, and Flagger speaks before it writes down that a release failed. */
const toleranceMilliseconds = 5_000;

/**
 * What the analysis of the release that failed found last, between the sync and the failure.
 *
 * Flagger's Events say the same, but the Kubernetes client drops them after 25 an object (client-go,
 * tools/record/events_cache.go), and the conditions of a Canary have no numbers. So Flagger posts each to the receiver.
 */
export function analysisOf(
  { startedAt, since }: Pick<RecoveryEvent, "startedAt" | "since">,
  canary: string,
  journal: readonly JournalEntry[],
): string | undefined {
  const from = startedAt === undefined ? 0 : Date.parse(startedAt);
  const until = since === undefined ? Infinity : Date.parse(since) + toleranceMilliseconds;
  const found = journal.findLast((entry) => {
    const time = Date.parse(entry.time);
    return entry.what === "found" && entry.canary === canary && time >= from && time <= until;
  });
  return found?.what === "found" ? found.text.slice(0, longest) : undefined;
}
