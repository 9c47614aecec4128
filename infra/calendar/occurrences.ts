import { Cron } from "croner";

const parsed = new Map<string, Cron>();

function cronOf(schedule: string): Cron {
  const known = parsed.get(schedule);
  if (known !== undefined) return known;
  const cron = new Cron(schedule, { timezone: "UTC", mode: "5-part", domAndDow: false });
  parsed.set(schedule, cron);
  return cron;
}

/**
 * The first time that a schedule comes due after an instant of the wall clock, both as milliseconds of a clock that
 * knows no daylight saving. That is how Argo CD asks: it adds the zone's present offset to UTC and never switches
 * (argo-cd v3.5.7, pkg/apis/application/v1alpha1/types.go, SyncWindows.active and scheduleOffsetByTimeZone).
 * A day of the month and a day of the week, both restricted, are joined by "or", as in robfig/cron v3.0.1 (spec.go, dayMatches).
 * @returns Infinity when it never comes due
 */
export function occurrenceAfter(schedule: string, wall: number): number {
  return cronOf(schedule).nextRun(new Date(wall))?.getTime() ?? Infinity;
}

/** The last time that a schedule came due, this instant included; -Infinity when it never did. */
export function occurrenceUpTo(schedule: string, wall: number): number {
  // What croner calls previous is earlier than the second that it is given.
  return (
    cronOf(schedule)
      .previousRuns(1, new Date(wall + 1000))[0]
      ?.getTime() ?? -Infinity
  );
}
