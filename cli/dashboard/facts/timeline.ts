import { isActive, nextEnd, nextStart } from "../../../infra/calendar/active.ts";
import { verdictAt } from "../../../infra/calendar/verdict.ts";
import type { Window } from "../../../infra/calendar/window.ts";
import type { TimelineDays, WindowInterval } from "../model.ts";

/** Days ahead that a timeline tells. */
export const timelineDays: TimelineDays = 7;

const minute = 60_000;
/** A timeline begins on a multiple of this, so that a snapshot does not differ from the last one by the clock alone. */
const grid = 5 * minute;

/**
 * What the windows of an application permit in the next days, as Argo CD will decide it; without gaps.
 * @param windows those that hold for it. None: nothing to tell
 */
export function timelineOf(windows: readonly Window[], now: Date): readonly WindowInterval[] {
  if (windows.length === 0) return [];
  const begin = Math.floor(now.getTime() / grid) * grid;
  const end = begin + timelineDays * 24 * 60 * minute;
  const intervals: WindowInterval[] = [];
  for (let at = begin; at < end;) {
    const here = at;
    const changes = windows.map((window) => (isActive(window, here) ? nextEnd(window, here) : nextStart(window, here)));
    at = Math.min(end, Math.max(Math.min(...changes), here + minute));
    const { automatic, manual, stoppedBy } = verdictAt(windows, here);
    const reasons = [...new Set(stoppedBy.map(reasonOf))];
    const interval = { from: iso(here), until: iso(at), automatic, manual, reasons };
    const last = intervals.at(-1);
    if (last !== undefined && same(last, interval)) intervals[intervals.length - 1] = { ...last, until: iso(at) };
    else intervals.push(interval);
  }
  return intervals;
}

const iso = (at: number): string => new Date(at).toISOString();

const same = (a: WindowInterval, b: WindowInterval): boolean =>
  a.automatic === b.automatic && a.manual === b.manual && a.reasons.join("\n") === b.reasons.join("\n");

function reasonOf({ kind, schedule, duration, timeZone, description }: Window): string {
  if (kind === "deny") return description ?? `closed at "${schedule}" for ${duration}, ${timeZone}`;
  return `outside "${schedule}" for ${duration}, ${timeZone}${description === undefined ? "" : ` (${description})`}`;
}
