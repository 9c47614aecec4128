import { DateTime } from "luxon";

import type { Window } from "../../../infra/calendar/window.ts";

const minute = 60_000;

/** The fields of a schedule, as robfig/cron v3.0.1 reads them: a set of numbers, and whether a star stands there. */
function field(text: string, least: number, most: number): { readonly values: ReadonlySet<number>; star: boolean } {
  const values = new Set<number>();
  for (const part of text.split(",")) {
    const [range = "", step = "1"] = part.split("/");
    const [low = "", high] = range.split("-");
    const first = range === "*" ? least : Number(low);
    const last = range === "*" ? most : Number(high ?? low);
    for (let value = first; value <= last; value += Number(step)) values.add(value);
  }
  return { values, star: text === "*" };
}

const schedules = new Map<string, readonly ReturnType<typeof field>[]>();

function fieldsOf(schedule: string) {
  const known = schedules.get(schedule);
  if (known !== undefined) return known;
  const bounds = [
    [0, 59],
    [0, 23],
    [1, 31],
    [1, 12],
    [0, 6],
  ] as const;
  const fields = schedule.split(" ").map((text, index) => field(text, bounds[index]![0], bounds[index]![1]));
  schedules.set(schedule, fields);
  return fields;
}

/** Whether a schedule comes due at a minute of the wall clock; spec.go, Next and dayMatches, read minute by minute. */
function comesDue(schedule: string, wall: number): boolean {
  const [minutes, hours, day, months, weekday] = fieldsOf(schedule);
  const time = new Date(wall);
  if (!minutes!.values.has(time.getUTCMinutes()) || !hours!.values.has(time.getUTCHours())) return false;
  const dayFits = day!.values.has(time.getUTCDate());
  const weekdayFits = weekday!.values.has(time.getUTCDay());
  return (
    months!.values.has(time.getUTCMonth() + 1) &&
    (day!.star || weekday!.star ? dayFits && weekdayFits : dayFits || weekdayFits)
  );
}

/** SyncWindow.active of argo-cd v3.5.7, by trying every minute that the window may have begun at. */
function active(window: Window, at: number): boolean {
  const wall = at + DateTime.fromMillis(at, { zone: window.timeZone }).offset * minute;
  const [, hours = "0", minutes = "0"] = /^(?:(\d+)h)?(?:(\d+)m)?$/.exec(window.duration) ?? [];
  const duration = (Number(hours) * 60 + Number(minutes)) * minute;
  for (let start = Math.floor(wall / minute) * minute; start > wall - duration; start -= minute) {
    if (comesDue(window.schedule, start)) return true;
  }
  return false;
}

/** SyncWindows.CanSync of argo-cd v3.5.7, for a sync that has not begun. */
export function canSync(windows: readonly Window[], at: number, manual: boolean): boolean {
  const denials = windows.filter((window) => window.kind === "deny" && active(window, at));
  if (denials.length > 0) return manual && denials.every(({ manualSync }) => manualSync);
  const allowances = windows.filter(({ kind }) => kind === "allow");
  if (allowances.length === 0 || allowances.some((window) => active(window, at))) return true;
  return manual && allowances.every(({ manualSync }) => manualSync);
}
