import { isActive, nextStart } from "./active.ts";
import type { Window } from "./window.ts";

/** A schedule of every minute has half a million starts a year: after so many the pattern has been seen. */
const startsLookedAt = 1000;

/**
 * The first instant from `from` on, before `until`, at which one of two windows begins while the other holds.
 * @param from milliseconds since the epoch
 */
export function overlapOf(one: Window, other: Window, from: number, until: number): Date | undefined {
  const found = [during(one, other, from, until), during(other, one, from, until)].filter((at) => at !== undefined);
  return found.length === 0 ? undefined : new Date(Math.min(...found));
}

function during(beginning: Window, holding: Window, from: number, until: number): number | undefined {
  let at = nextStart(beginning, from);
  for (let seen = 0; at < until && seen < startsLookedAt; seen += 1) {
    if (isActive(holding, at) && isActive(beginning, at)) return at;
    at = nextStart(beginning, at);
  }
  return undefined;
}
