import type { DashboardApplication, WindowInterval } from "../../cli/dashboard/model.ts";

/** The days that a timeline shows. */
export const timelineDays = 7;

/** A part of the time that is shown, in percent of it. */
export interface Stretch {
  readonly start: number;
  readonly width: number;
}

/** The time that is shown, in milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** The seven days that begin now. */
export const spanOf = (now: number): Span => ({ from: now, until: now + timelineDays * 86_400_000 });

/** Where an interval lies; undefined when all of it is outside. */
export function stretchOf({ from, until }: Pick<WindowInterval, "from" | "until">, span: Span): Stretch | undefined {
  const start = Math.max(Date.parse(from), span.from);
  const end = Math.min(Date.parse(until), span.until);
  if (end <= start) return undefined;
  const whole = span.until - span.from;
  return { start: ((start - span.from) / whole) * 100, width: ((end - start) / whole) * 100 };
}

/** The midnights within the time that is shown, on the clock of whoever looks, with their place in percent. */
export function midnights(span: Span): readonly { readonly instant: number; readonly start: number }[] {
  const found: { instant: number; start: number }[] = [];
  const day = new Date(span.from);
  // The next midnight by the calendar: a day of 23 or 25 hours is one too.
  for (day.setHours(24, 0, 0, 0); day.getTime() < span.until; day.setDate(day.getDate() + 1)) {
    found.push({ instant: day.getTime(), start: ((day.getTime() - span.from) / (span.until - span.from)) * 100 });
  }
  return found;
}

/** Applications of an environment whose windows say the same, so that one line shows them all. */
export interface TimelineRow {
  readonly environment: string;
  readonly applications: readonly DashboardApplication[];
  readonly intervals: readonly WindowInterval[];
}

/** One row for each different timeline, in the order of the snapshot; applications that no window holds for are left out. */
export function timelineRows(applications: readonly DashboardApplication[]): readonly TimelineRow[] {
  const rows = new Map<string, DashboardApplication[]>();
  for (const application of applications.filter(({ timeline }) => timeline.length > 0)) {
    // When they end says it all: how they begin is the same moment, seen by two requests.
    const key = JSON.stringify([
      application.environment,
      application.timeline.map(({ until, automatic, manual, reasons }) => [until, automatic, manual, reasons]),
    ]);
    rows.set(key, [...(rows.get(key) ?? []), application]);
  }
  return [...rows.values()].map((same) => ({
    environment: same[0]?.environment ?? "",
    applications: same,
    intervals: same[0]?.timeline ?? [],
  }));
}

/** What an interval permits, in words and as the name of its pattern. */
export function permission({ automatic, manual }: Pick<WindowInterval, "automatic" | "manual">): {
  readonly word: string;
  readonly kind: "open" | "person" | "closed";
} {
  if (automatic) return { word: "open", kind: "open" };
  if (manual) return { word: "closed, a person gets through", kind: "person" };
  return { word: "closed", kind: "closed" };
}

/** Closures that are told in words beside the picture; the table has all. */
const mostClosures = 3;

/**
 * What closes the windows that are shown, such as a freeze: each reason once, with the first time that it holds. That a
 * time is outside an allowed one is no reason of its own (cli/dashboard/facts/timeline.ts words it `outside "..."`).
 */
export function closures(intervals: readonly WindowInterval[]): readonly (WindowInterval & { readonly why: string })[] {
  const told = new Map<string, WindowInterval & { why: string }>();
  for (const interval of intervals) {
    for (const why of interval.reasons.filter((reason) => !reason.startsWith('outside "'))) {
      if (!told.has(why)) told.set(why, { ...interval, why });
    }
  }
  return [...told.values()].slice(0, mostClosures);
}
