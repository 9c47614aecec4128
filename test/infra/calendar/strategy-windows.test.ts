import { describe, expect, test } from "@jest/globals";

import type { MarketName } from "../../../infra/calendar/markets.ts";
import { marketNames } from "../../../infra/calendar/markets.ts";
import { strategyWindows } from "../../../infra/calendar/strategy-windows.ts";
import { windowState } from "../../../infra/calendar/window-state.ts";

import { canSync } from "./argocd.ts";

const now = new Date("2026-11-23T12:00:00Z");
const trading = (market: MarketName = "nyse") =>
  strategyWindows({ kind: "maintenance", market, time: "20:30", duration: "1h" }, now);
const permits = (time: string, windows = trading()) => {
  const at = Date.parse(time) + 500;
  expect(windowState(windows, new Date(at)).automatic).toBe(canSync(windows, at, false));
  return canSync(windows, at, false);
};
const opens = (time: string, windows = trading()) => windowState(windows, new Date(time)).opensAt?.toISOString();

describe("the windows of a maintenance", () => {
  test("open once a trading day, outside the hours", () => {
    expect(permits("2026-11-23T20:45-05:00")).toBe(true);
    expect(permits("2026-11-23T20:15-05:00")).toBe(false);
    expect(permits("2026-11-23T21:45-05:00")).toBe(false);
    expect(permits("2026-11-23T11:00-05:00")).toBe(false);
    expect(permits("2026-11-28T20:45-05:00")).toBe(false);
  });

  test("stay closed on a holiday, and open on the next day of trading", () => {
    expect(permits("2026-11-26T20:45-05:00")).toBe(false);
    expect(opens("2026-11-26T02:40:00Z")).toBe("2026-11-28T01:30:00.000Z");
    // Christmas Day is a Friday.
    expect(opens("2026-12-25T12:00:00Z")).toBe("2026-12-29T01:30:00.000Z");
  });

  test("keep their time on the market's clock through both switches", () => {
    expect(opens("2027-03-13T12:00:00Z")).toBe("2027-03-16T00:30:00.000Z");
    expect(opens("2027-03-12T12:00:00Z")).toBe("2027-03-13T01:30:00.000Z");
    expect(opens("2027-10-29T12:00:00Z")).toBe("2027-10-30T00:30:00.000Z");
    expect(opens("2027-11-08T12:00:00Z")).toBe("2027-11-09T01:30:00.000Z");
    expect(opens("2027-03-28T12:00:00Z", trading("dbdx"))).toBe("2027-03-30T18:30:00.000Z");
  });

  test("let a person through at any time: an emergency does not wait for the evening", () => {
    for (const time of ["2026-11-23T11:00-05:00", "2026-11-26T12:00-05:00", "2026-11-29T03:00-05:00"]) {
      expect(canSync(trading(), Date.parse(time), true)).toBe(true);
      expect(windowState(trading(), new Date(time)).manual).toBe(true);
    }
  });

  test("are fit for the policy on windows: 24 hours at most, and a description that Argo CD takes", () => {
    for (const window of marketNames.flatMap(trading)) {
      expect(window.duration).toMatch(/^(24h|1?\dh(\d+m)?)$/);
      expect((window.description ?? "").length).toBeLessThan(256);
    }
  });

  test("close outside the window even for an `allow` that somebody adds beside it", () => {
    const beside = {
      kind: "allow",
      schedule: "0 0 * * *",
      duration: "24h",
      timeZone: "UTC",
      manualSync: true,
    } as const;
    expect(permits("2026-11-23T11:00-05:00", [...trading(), beside])).toBe(false);
  });
});

describe("the windows of a schedule", () => {
  const scheduled = { kind: "scheduled", schedule: "0 18 * * 1-5", duration: "2h", timeZone: "Europe/Berlin" } as const;

  test("are one, where no market is named", () => {
    expect(strategyWindows(scheduled, now)).toEqual([
      { kind: "allow", schedule: "0 18 * * 1-5", duration: "2h", timeZone: "Europe/Berlin", manualSync: true },
    ]);
  });

  test("stay closed on the holidays of the market that is", () => {
    const windows = strategyWindows({ ...scheduled, holidays: "dbdx" }, now);
    expect(permits("2026-12-23T18:30+01:00", windows)).toBe(true);
    expect(permits("2026-12-24T18:30+01:00", windows)).toBe(false);
  });
});
