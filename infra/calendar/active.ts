import { milliseconds } from "./duration.ts";
import { occurrenceAfter, occurrenceUpTo } from "./occurrences.ts";
import { offsetAt, offsetChange } from "./wall-clock.ts";
import type { Window } from "./window.ts";

const week = 7 * 24 * 3_600_000;

/**
 * Whether a window holds: it began less than its duration ago on the wall clock (argo-cd v3.5.7, types.go,
 * SyncWindow.active). The first instant counts here, the last does not; Argo CD's first is a nanosecond later.
 * @param at milliseconds since the epoch
 */
export function isActive(window: Window, at: number): boolean {
  const wall = at + offsetAt(window.timeZone, at);
  return occurrenceAfter(window.schedule, wall - milliseconds(window.duration)) <= wall;
}

/**
 * The next instant after `at` where a window that does not hold may begin: its start, a switch of daylight saving, or a
 * week later, whichever is first. Whoever walks on from there has to look again.
 */
export function nextStart(window: Window, at: number): number {
  const offset = offsetAt(window.timeZone, at);
  const start = occurrenceAfter(window.schedule, at + offset) - offset;
  return orSwitch(window.timeZone, at, Math.min(start, at + week));
}

/** The next instant after `at` where a window that holds may end, with the limits of `nextStart`. */
export function nextEnd(window: Window, at: number): number {
  const offset = offsetAt(window.timeZone, at);
  const duration = milliseconds(window.duration);
  const limit = at + offset + week;
  let end = occurrenceUpTo(window.schedule, at + offset) + duration;
  // Occurrences that overlap or touch are one stretch of time.
  while (end < limit) {
    const next = occurrenceUpTo(window.schedule, end) + duration;
    if (next <= end) break;
    end = next;
  }
  return orSwitch(window.timeZone, at, Math.min(end - offset, at + week));
}

function orSwitch(timeZone: string, from: number, to: number): number {
  return offsetChange(timeZone, from, to) ?? to;
}
