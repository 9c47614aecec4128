import { DateTime } from "luxon";

import type { Holiday, Market } from "./market.ts";

/** A calendar that ends sooner is refused, in days. */
export const shortestCalendarDays = 60;

/**
 * The holidays that become windows: those of the year that begins with the present quarter, so nine to twelve months
 * ahead. A schedule has no year, so a window must be gone before its date comes round again; and one set a quarter
 * means that what a stack declares does not change with every holiday that passes.
 */
export function holidaysAhead(market: Market, now: Date): readonly Holiday[] {
  const from = DateTime.fromJSDate(now, { zone: market.timeZone }).startOf("quarter");
  const [first, last] = [from.toISODate(), from.plus({ years: 1 }).toISODate()];
  if (first === null || last === null) throw new Error(`"${market.timeZone}" is no time zone`);
  return market.holidays.filter(({ date }) => date >= first && date < last);
}

/** Whole days until the last day that a calendar speaks for; negative when it has passed. */
export function calendarDaysLeft(market: Market, now: Date): number {
  const zone = market.timeZone;
  const end = DateTime.fromISO(market.knownUntil, { zone }).endOf("day");
  return Math.floor(end.diff(DateTime.fromJSDate(now, { zone }), "days").days);
}
