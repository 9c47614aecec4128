import { DateTime } from "luxon";

import { goDurationOf } from "./duration.ts";
import type { Freeze } from "./freeze.ts";
import type { Window } from "./window.ts";

/**
 * The `deny` windows of a freeze, in UTC, which no daylight saving moves. A window is at most 24 hours long (policy
 * argocd-window-valid), so a longer freeze is the rest of its first day, whole days by month, and the start of its last.
 * @param manualSync whether a person gets through
 */
export function freezeWindows(freeze: Freeze, manualSync: boolean): readonly Window[] {
  const from = DateTime.fromISO(freeze.from, { zone: "UTC" });
  const until = DateTime.fromISO(freeze.until, { zone: "UTC" });
  const description = `frozen by ${freeze.by}: ${freeze.reason}`.slice(0, 255);
  const window = (schedule: string, minutes: number): Window => ({
    kind: "deny",
    schedule,
    duration: goDurationOf(minutes),
    timeZone: "UTC",
    manualSync,
    description,
  });
  const part = (start: DateTime, end: DateTime): Window[] => {
    const minutes = end.diff(start, "minutes").minutes;
    return minutes > 0 ? [window(`${start.minute} ${start.hour} ${start.day} ${start.month} *`, minutes)] : [];
  };
  const [firstMidnight, lastMidnight] = [from.plus({ days: 1, minutes: -1 }).startOf("day"), until.startOf("day")];
  if (firstMidnight > lastMidnight) return part(from, until);
  const wholeDays = months(firstMidnight, lastMidnight).map(({ month, first, last }) =>
    window(`0 0 ${first === last ? first : `${first}-${last}`} ${month} *`, 24 * 60),
  );
  return [...part(from, firstMidnight), ...wholeDays, ...part(lastMidnight, until)];
}

interface Days {
  readonly month: number;
  readonly first: number;
  readonly last: number;
}

/** The days from one midnight up to another, by month. */
function months(from: DateTime, until: DateTime): readonly Days[] {
  const found: Days[] = [];
  for (let start = from; start < until;) {
    const next = DateTime.min(start.startOf("month").plus({ months: 1 }), until);
    found.push({ month: start.month, first: start.day, last: next.minus({ days: 1 }).day });
    start = next;
  }
  return found;
}
