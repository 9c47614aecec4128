import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { freezeWindows } from "../../../infra/calendar/freeze-windows.ts";
import type { Freeze } from "../../../infra/calendar/freeze.ts";
import { freezesFile, parseFreezes, readFreezes } from "../../../infra/calendar/read-freezes.ts";
import { windowState } from "../../../infra/calendar/window-state.ts";

import { canSync } from "./argocd.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const now = new Date("2026-11-23T12:00:00Z");
const freeze: Freeze = {
  environment: "prod",
  from: "2026-12-24T17:00Z",
  until: "2027-01-04T06:00Z",
  reason: "year-end closing",
  by: "Ann",
  strict: false,
};
const said = (windows: ReturnType<typeof freezeWindows>) =>
  windows.map(({ schedule, duration }) => `${schedule} for ${duration}`);
const problems = (entry: object) => {
  const result = parseFreezes(JSON.stringify({ freezes: [{ ...freeze, ...entry }] }), ["app"], now);
  return "error" in result ? result.error.split("\n  ").slice(1) : [];
};

describe("the windows of a freeze", () => {
  test("are the rest of its first day, whole days by month, and the start of its last", () => {
    expect(said(freezeWindows(freeze, true))).toEqual([
      "0 17 24 12 * for 7h",
      "0 0 25-31 12 * for 24h",
      "0 0 1-3 1 * for 24h",
      "0 0 4 1 * for 6h",
    ]);
    expect(freezeWindows(freeze, true)[0]).toMatchObject({
      kind: "deny",
      timeZone: "UTC",
      manualSync: true,
      description: "frozen by Ann: year-end closing",
    });
  });

  test("is one within a day, and whole days from midnight to midnight", () => {
    expect(said(freezeWindows({ ...freeze, until: "2026-12-24T18:30Z" }, true))).toEqual(["0 17 24 12 * for 1h30m"]);
    const days = { ...freeze, from: "2026-12-24T00:00Z", until: "2026-12-26T00:00Z" };
    expect(said(freezeWindows(days, true))).toEqual(["0 0 24-25 12 * for 24h"]);
  });

  test("hold from the first minute of any freeze to its last, and not a minute longer", () => {
    const minute = 60_000;
    const span = fc.tuple(
      fc.integer({ min: 0, max: 200 * 24 * 60 }),
      fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 90 * 24 * 60 })),
    );
    fc.assert(
      fc.property(span, fc.integer({ min: 0, max: 1000 }), ([start, length], place) => {
        const from = now.getTime() + start * minute;
        const until = from + length * minute;
        const iso = (time: number) => `${new Date(time).toISOString().slice(0, 16)}Z`;
        const windows = freezeWindows({ ...freeze, from: iso(from), until: iso(until) }, false);
        const open = (time: number) => canSync(windows, time, false);
        const inside = from + Math.floor((length * place) / 1001) * minute + 500;
        expect([open(from - 500), open(from + 500), open(inside)]).toEqual([true, false, false]);
        expect([open(until - 500), open(until + 500)]).toEqual([false, true]);
        expect(windowState(windows, new Date(inside)).opensAt?.getTime()).toBe(until);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the file of freezes", () => {
  test("is right in this repository, and none is needed", () => {
    expect(readFileSync(join(root, freezesFile), "utf8")).toContain("freezes:");
    expect(readFreezes(root, ["app", "core-trading", "reporting", "risk-control"], now)).toHaveProperty("freezes");
    expect(readFreezes(join(root, "docs"), [], now)).toEqual({ freezes: [] });
  });

  test("gives those that hold now or later", () => {
    const past = { ...freeze, from: "2026-11-01T00:00Z", until: "2026-11-23T12:00Z" };
    const text = JSON.stringify({ freezes: [past, freeze] });
    expect(parseFreezes(text, ["app"], now)).toEqual({ freezes: [freeze] });
  });

  test.each([
    ["a short freeze", { until: "2026-12-24T17:00Z" }, "freezes[0].until:", "is not after"],
    ["a long one", { until: "2027-04-04T06:00Z" }, "freezes[0].until:", "allowed: 90 days at most"],
    ["local time", { from: "2026-12-24T17:00+01:00" }, "freezes[0].from:", "is not an instant in UTC"],
    ["seconds", { from: "2026-12-24T17:00:30Z" }, "freezes[0].from:", 'for example "2026-12-24T18:00Z"'],
    ["a year ahead", { from: "2027-10-01T00:00Z", until: "2027-10-02T00:00Z" }, "freezes[0].from:", "too far ahead"],
    ["an unknown application", { applications: ["nosuch"] }, "freezes[0].applications:", "allowed: app"],
    ["an unknown environment", { environment: "qa" }, "freezes[0].environment:", '"dev", "staging", "prod"'],
    ["no reason", { reason: "" }, "freezes[0].reason:", "1 to 120 characters"],
    ["an unknown key", { untill: 1 }, "freezes[0].untill:", "unknown key"],
  ])("refuses %s, with place, value and mend", (_name, entry, place, message) => {
    expect(problems(entry)).toEqual([expect.stringContaining(message)]);
    expect(problems(entry)[0]).toMatch(new RegExp(`^${place.replace(/[[\].]/g, "\\$&")}`));
  });

  test("refuses what is no YAML, or no list", () => {
    expect(parseFreezes("freezes: [", [], now)).toEqual({ error: expect.stringContaining(freezesFile) });
    expect(parseFreezes("freezes: 1", [], now)).toEqual({ error: expect.stringContaining("is not a list") });
    expect(parseFreezes("", [], now)).toHaveProperty("error");
  });
});
