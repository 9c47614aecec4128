import { goDurationOf } from "./duration.ts";
import { holidaysAhead } from "./holidays.ts";
import type { Market } from "./market.ts";
import { markets } from "./markets.ts";
import type { Maintenance, Scheduled } from "./strategy.ts";
import { cronAt, minuteOfDay } from "./time-of-day.ts";
import type { Window } from "./window.ts";

/**
 * The windows of a typed strategy. All let a person in (manualSync): a rollback cannot wait for the evening.
 * @param now decides which holidays are ahead
 */
export function strategyWindows(strategy: Maintenance | Scheduled, now: Date): readonly Window[] {
  if (strategy.kind === "scheduled") {
    const { schedule, duration, timeZone, holidays } = strategy;
    const opening: Window = { kind: "allow", schedule, duration, timeZone, manualSync: true };
    return holidays === undefined ? [opening] : [opening, ...holidayWindows(markets[holidays], now)];
  }
  const market: Market = markets[strategy.market];
  const { title, timeZone, days, opens, closes } = market;
  const on = days.join(",");
  return [
    {
      kind: "allow",
      schedule: cronAt(strategy.time, on),
      duration: strategy.duration,
      timeZone,
      manualSync: true,
      description: `maintenance, outside the hours of ${title}`,
    },
    {
      // The opening is outside these hours anyway: this holds against a window that somebody adds beside it.
      kind: "deny",
      schedule: cronAt(opens, on),
      duration: goDurationOf(minuteOfDay(closes) - minuteOfDay(opens)),
      timeZone,
      manualSync: true,
      description: `business hours of ${title}`,
    },
    ...holidayWindows(market, now),
  ];
}

/** A whole day of the market's calendar each; 24 hours on the wall clock, whatever daylight saving does. */
function holidayWindows(market: Market, now: Date): readonly Window[] {
  return holidaysAhead(market, now).map(({ date, name }) => {
    const [, month, day] = date.split("-").map(Number);
    return {
      kind: "deny",
      schedule: `0 0 ${day} ${month} *`,
      duration: "24h",
      timeZone: market.timeZone,
      manualSync: true,
      description: `${market.title}: ${name}, ${date}`,
    };
  });
}
