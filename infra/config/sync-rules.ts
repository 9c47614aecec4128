import { goDurationOf, milliseconds } from "../calendar/duration.ts";
import { calendarDaysLeft, shortestCalendarDays } from "../calendar/holidays.ts";
import type { Market } from "../calendar/market.ts";
import { markets } from "../calendar/markets.ts";
import type { MarketName } from "../calendar/markets.ts";
import { overlapOf } from "../calendar/overlap.ts";
import { strategyWindows } from "../calendar/strategy-windows.ts";
import type { Maintenance, Scheduled } from "../calendar/strategy.ts";
import { minuteOfDay } from "../calendar/time-of-day.ts";
import { nextOpening, openingHorizonDays } from "../calendar/window-state.ts";
import type { Window } from "../calendar/window.ts";

import type { RuleProblem, Sound } from "./cross-check.ts";

const dayOfMinutes = 24 * 60;

/** The daily window lies outside the hours of its market. */
export function maintenanceRules(given: Maintenance, sound: Sound): RuleProblem[] {
  const problems = sound.whole("market") ? calendarRule("market", given.market, new Date()) : [];
  if (!["market", "time", "duration"].every((field) => sound.whole(field))) return problems;
  const market: Market = markets[given.market];
  const start = minuteOfDay(given.time);
  const end = start + milliseconds(given.duration) / 60_000;
  const [opens, closes] = [minuteOfDay(market.opens), minuteOfDay(market.closes)];
  // Every day of trading has the window, so a window reaches the hours of its own day or of the next.
  if (end <= opens || (start >= closes && end <= dayOfMinutes + opens)) return problems;
  const longest = goDurationOf(dayOfMinutes - (closes - opens));
  const message =
    `"${given.time}" for ${given.duration} reaches into the hours of ${given.market}, ${market.opens} to ` +
    `${market.closes} ${market.timeZone}; allowed: outside of them, ${longest} at most; ` +
    `for example "${market.closes}" for 1h`;
  return [...problems, { path: ["time"], message }];
}

/** The schedule opens on some day that is no holiday. */
export function scheduledRules(given: Scheduled, sound: Sound): RuleProblem[] {
  const now = new Date();
  const problems =
    given.holidays !== undefined && sound.whole("holidays") ? calendarRule("holidays", given.holidays, now) : [];
  if (!sound.whole()) return problems;
  const message = neverOpens(strategyWindows(given, now), now);
  return message === undefined ? problems : [...problems, { path: ["schedule"], message }];
}

/** Each `allow` opens at some time, and no two of them hold at once. */
export function windowRules(windows: readonly Window[]): RuleProblem[] {
  const now = new Date();
  const until = now.getTime() + openingHorizonDays * dayOfMinutes * 60_000;
  const denials = windows.filter(({ kind }) => kind === "deny");
  const allowances = windows.flatMap((window, index) => (window.kind === "allow" ? [{ window, index }] : []));
  return allowances.flatMap(({ window, index }, position) => {
    const path = ["windows", index];
    const never = neverOpens([window, ...denials], now);
    if (never !== undefined) return [{ path, message: never }];
    for (const earlier of allowances.slice(0, position)) {
      const both = overlapOf(earlier.window, window, now.getTime(), until);
      if (both === undefined) continue;
      const message =
        `${said(window)} overlaps windows[${earlier.index}], first at ${both.toISOString()}; ` +
        "allowed: one `allow` window at a time; merge the two, or shorten one";
      return [{ path, message }];
    }
    return [];
  });
}

function neverOpens([opening, ...denials]: readonly Window[], now: Date): string | undefined {
  if (opening === undefined) return undefined;
  const until = now.getTime() + openingHorizonDays * dayOfMinutes * 60_000;
  if (nextOpening([opening, ...denials], now.getTime(), until) !== undefined) return undefined;
  return (
    `${said(opening)} never opens: a \`deny\` window holds each time, for the next ${openingHorizonDays} days; ` +
    "allowed: a schedule that is open at some time; move it, or shorten the `deny` window"
  );
}

const said = ({ schedule, duration }: Window) => `"${schedule}" for ${duration}`;

/** Beyond its end a calendar knows no holiday, and would let a sync through. */
export function calendarRule(field: string, name: MarketName, now: Date): RuleProblem[] {
  const left = calendarDaysLeft(markets[name], now);
  if (left >= shortestCalendarDays) return [];
  const message =
    `"${name}" has a calendar until ${markets[name].knownUntil}, ${left} days from now; allowed: ${shortestCalendarDays} ` +
    "days or more; add the market's holidays of the next year to infra/calendar/markets.ts";
  return [{ path: [field], message }];
}
