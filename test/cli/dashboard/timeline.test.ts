import { describe, expect, test } from "@jest/globals";

import { timelineOf } from "../../../cli/dashboard/facts/timeline.ts";
import { verdictAt } from "../../../infra/calendar/verdict.ts";
import type { Window } from "../../../infra/calendar/window.ts";

const now = new Date("2026-03-06T12:03:20Z");
const evening: Window = {
  kind: "allow",
  schedule: "0 20 * * 1-5",
  duration: "1h",
  timeZone: "America/New_York",
  manualSync: true,
};
const freeze: Window = {
  kind: "deny",
  schedule: "0 0 10 3 *",
  duration: "24h",
  timeZone: "UTC",
  manualSync: false,
  description: "frozen by Ann: closing",
};

describe("the timeline of an application", () => {
  test("is empty where no window holds", () => expect(timelineOf([], now)).toEqual([]));

  test("has every opening, daylight saving and freezes included, and no gaps", () => {
    const intervals = timelineOf([evening, freeze], now);
    const open = intervals.filter(({ automatic }) => automatic).map(({ from, until }) => [from, until]);
    // The clocks of New York go forward on 8 March 2026. Monday's opening falls into the freeze.
    expect(open).toEqual([
      ["2026-03-07T01:00:00.000Z", "2026-03-07T02:00:00.000Z"],
      ["2026-03-11T00:00:00.000Z", "2026-03-11T01:00:00.000Z"],
      ["2026-03-12T00:00:00.000Z", "2026-03-12T01:00:00.000Z"],
      ["2026-03-13T00:00:00.000Z", "2026-03-13T01:00:00.000Z"],
    ]);
    expect(intervals[0]?.from).toBe("2026-03-06T12:00:00.000Z");
    expect(intervals.at(-1)?.until).toBe("2026-03-13T12:00:00.000Z");
    for (const [index, { from }] of intervals.slice(1).entries()) expect(intervals[index]?.until).toBe(from);
    const frozen = intervals.filter(({ reasons }) => reasons.includes("frozen by Ann: closing"));
    expect(frozen).toMatchObject([
      { from: "2026-03-10T00:00:00.000Z", until: "2026-03-11T00:00:00.000Z", automatic: false, manual: false },
    ]);
  });

  test("says at every minute what the windows say", () => {
    const windows = [evening, freeze];
    const intervals = timelineOf(windows, now);
    for (const { from, until, automatic, manual } of intervals) {
      for (let at = Date.parse(from); at < Date.parse(until); at += 60_000) {
        expect({ at, ...verdictAt(windows, at) }).toMatchObject({ automatic, manual });
      }
    }
  });
});
