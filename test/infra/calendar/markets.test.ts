import { describe, expect, test } from "@jest/globals";
import { DateTime, IANAZone } from "luxon";

import { calendarDaysLeft, holidaysAhead, shortestCalendarDays } from "../../../infra/calendar/holidays.ts";
import type { Market } from "../../../infra/calendar/market.ts";
import { marketNames, markets } from "../../../infra/calendar/markets.ts";
import { minuteOfDay } from "../../../infra/calendar/time-of-day.ts";
import { calendarRule } from "../../../infra/config/sync-rules.ts";

describe.each(marketNames)("the market %s", (name) => {
  const market: Market = markets[name];

  test("has a time zone, and hours within one day", () => {
    expect(IANAZone.isValidZone(market.timeZone)).toBe(true);
    expect(minuteOfDay(market.opens)).toBeLessThan(minuteOfDay(market.closes));
  });

  test("has its holidays in order, each once, on days of trading, in the years that it speaks for", () => {
    const dates = market.holidays.map(({ date }) => date);
    expect(dates).toEqual([...new Set(dates)].sort());
    for (const date of dates) {
      const day = DateTime.fromISO(date);
      expect([date, day.isValid, market.days.includes(day.weekday % 7)]).toEqual([date, true, true]);
      expect(date <= market.knownUntil).toBe(true);
    }
    for (let year = 2026; year <= Number(market.knownUntil.slice(0, 4)); year += 1) {
      expect(dates.filter((date) => date.startsWith(`${year}-`)).length).toBeGreaterThan(4);
    }
  });

  test("has a calendar that is long enough for what is deployed today", () => {
    expect(calendarDaysLeft(market, new Date())).toBeGreaterThan(shortestCalendarDays);
  });

  test("never has two holidays on one day of the year among those ahead, whenever that is", () => {
    for (let month = 0; month < 24; month += 1) {
      const ahead = holidaysAhead(market, new Date(Date.UTC(2026, month, 27)));
      const days = ahead.map(({ date }) => date.slice(5));
      expect(days).toEqual([...new Set(days)]);
    }
  });
});

describe("the holidays ahead", () => {
  const names = (now: string) => holidaysAhead(markets.nyse, new Date(now)).map(({ date }) => date);

  test("are those of the year that begins with this quarter, the same on each of its days", () => {
    expect(names("2026-10-01T12:00Z")).toEqual(names("2026-12-31T12:00Z"));
    expect(names("2026-11-23T12:00Z").at(0)).toBe("2026-11-26");
    expect(names("2026-11-23T12:00Z").at(-1)).toBe("2027-09-06");
  });

  test("lose what has passed and gain what comes with the next quarter, on the market's clock", () => {
    expect(names("2027-01-01T04:59Z")).toContain("2026-12-25");
    expect(names("2027-01-01T05:00Z")).not.toContain("2026-12-25");
    expect(names("2027-01-01T05:00Z")).toContain("2027-12-24");
  });
});

describe("a calendar that ends", () => {
  test("is refused while there is time to mend it", () => {
    expect(calendarRule("market", "nyse", new Date("2028-10-01T00:00Z"))).toEqual([]);
    expect(calendarRule("market", "nyse", new Date("2028-12-01T05:00Z"))).toEqual([
      {
        path: ["market"],
        message:
          '"nyse" has a calendar until 2028-12-31, 30 days from now; allowed: 60 days or more; add the market\'s ' +
          "holidays of the next year to infra/calendar/markets.ts",
      },
    ]);
    expect(calendarRule("market", "nyse", new Date("2029-02-01T00:00Z"))).toHaveLength(1);
  });
});
