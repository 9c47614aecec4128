import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { closingHorizonDays, windowState } from "../../../infra/calendar/window-state.ts";
import type { Window } from "../../../infra/calendar/window.ts";

import { canSync } from "./argocd.ts";

const minute = 60_000;
const window = (fields: Partial<Window>): Window => ({
  kind: "allow",
  schedule: "0 20 * * 1-5",
  duration: "1h",
  timeZone: "America/New_York",
  manualSync: true,
  ...fields,
});
const deny = (schedule: string, duration = "24h") => window({ kind: "deny", schedule, duration });
const at = (time: string, ...windows: Window[]) => windowState(windows, new Date(time));
const opens = (time: string, ...windows: Window[]) => at(time, ...windows).opensAt?.toISOString();

describe("the state of windows", () => {
  test("is open for ever without any", () => {
    expect(at("2026-11-23T12:00Z")).toEqual({
      automatic: true,
      manual: true,
      stoppedBy: [],
      openUntil: undefined,
      opensAt: undefined,
    });
  });

  test("says until when it is open", () => {
    expect(at("2026-11-24T01:30Z", window({})).openUntil?.toISOString()).toBe("2026-11-24T02:00:00.000Z");
  });

  test("ends where a deny window begins", () => {
    const state = at("2026-11-24T01:10Z", window({}), deny("30 20 * * *", "1h"));
    expect(state.openUntil?.toISOString()).toBe("2026-11-24T01:30:00.000Z");
  });

  test("begins with the first instant of a window, and ends before its last", () => {
    expect(at("2026-11-24T01:00:00Z", window({})).automatic).toBe(true);
    expect(at("2026-11-24T02:00:00Z", window({})).automatic).toBe(false);
  });

  test("skips a holiday and the weekend", () => {
    expect(opens("2026-11-26T02:30Z", window({}), deny("0 0 26,27 11 *"))).toBe("2026-12-01T01:00:00.000Z");
  });

  test("lets a person through when every window that stops the automation does", () => {
    const strict = window({ kind: "deny", schedule: "0 0 * * *", duration: "24h", manualSync: false });
    expect(at("2026-11-23T12:00Z", window({})).manual).toBe(true);
    expect(at("2026-11-23T12:00Z", window({}), deny("0 0 * * *")).manual).toBe(true);
    expect(at("2026-11-23T12:00Z", window({}), deny("0 0 * * *"), strict)).toMatchObject({ manual: false });
    expect(at("2026-11-23T12:00Z", window({ manualSync: false })).manual).toBe(false);
  });

  test("has no opening where deny windows hold all the time", () => {
    expect(at("2026-11-23T12:00Z", window({}), deny("0 0 * * *"))).toMatchObject({
      automatic: false,
      opensAt: undefined,
    });
  });

  test("has no end where allow windows touch each other", () => {
    expect(at("2026-11-23T12:00Z", window({ schedule: "0 * * * *" }))).toMatchObject({
      automatic: true,
      openUntil: undefined,
    });
  });

  test.each([
    ["before the clocks go forward", "2027-03-12T12:00Z", "2027-03-13T01:00:00.000Z"],
    ["after the clocks went forward", "2027-03-15T12:00Z", "2027-03-16T00:00:00.000Z"],
    ["before the clocks go back", "2026-10-30T12:00Z", "2026-10-31T00:00:00.000Z"],
    ["after the clocks went back", "2026-11-02T12:00Z", "2026-11-03T01:00:00.000Z"],
    ["across the switch forward", "2027-03-13T12:00Z", "2027-03-16T00:00:00.000Z"],
    ["across the switch back", "2026-10-31T12:00Z", "2026-11-03T01:00:00.000Z"],
  ])("opens at eight in the evening in New York %s", (_name, now, expected) => {
    expect(opens(now, window({}))).toBe(expected);
  });

  test("loses a window that lies in the hour which the clocks skip, and has twice the one that they repeat", () => {
    const night = (schedule: string) => window({ schedule, duration: "30m", timeZone: "Europe/Berlin" });
    expect(opens("2027-03-27T12:00Z", night("15 2 * * *"))).toBe("2027-03-29T00:15:00.000Z");
    expect(opens("2026-10-24T12:00Z", night("15 2 * * *"))).toBe("2026-10-25T00:15:00.000Z");
    expect(opens("2026-10-25T00:50Z", night("15 2 * * *"))).toBe("2026-10-25T01:15:00.000Z");
  });
});

const zones = ["UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe"];
const arbitraryWindow: fc.Arbitrary<Window> = fc.record({
  kind: fc.constantFrom("allow" as const, "deny" as const),
  schedule: fc
    .tuple(
      fc.constantFrom("0", "30", "*/20", "5-15"),
      fc.constantFrom("*", "2", "9-17", "0,12", "22"),
      fc.constantFrom("*", "*", "1-7", "28"),
      fc.constantFrom("*", "*", "3,10,11"),
      fc.constantFrom("*", "*", "1-5", "0"),
    )
    .map((fields) => fields.join(" ")),
  duration: fc.constantFrom("10m", "45m", "3h", "24h"),
  timeZone: fc.constantFrom(...zones),
  manualSync: fc.boolean(),
});
/** Around the switches of 2026 and 2027, half a second after a minute: Argo CD's boundaries differ by less. */
const arbitraryTime = fc
  .tuple(
    fc.constantFrom("2026-10-24", "2026-10-31", "2027-03-13", "2027-03-27", "2027-04-03", "2026-12-30"),
    fc.integer({ min: 0, max: 3 * 24 * 60 }),
  )
  .map(([day, minutes]) => Date.parse(`${day}T00:00Z`) + minutes * minute + 500);

describe("the state of any windows, also across the switches of daylight saving", () => {
  const any = fc.array(arbitraryWindow, { minLength: 1, maxLength: 3 });

  test("permits what Argo CD permits", () => {
    fc.assert(
      fc.property(any, arbitraryTime, (windows, time) => {
        const state = windowState(windows, new Date(time));
        expect([state.automatic, state.manual]).toEqual([canSync(windows, time, false), canSync(windows, time, true)]);
      }),
      { numRuns: 150 },
    );
  });

  test("changes at the first minute at which Argo CD decides otherwise, and at none before", () => {
    fc.assert(
      fc.property(any, arbitraryTime, (windows, time) => {
        const state = windowState(windows, new Date(time));
        const change = state.openUntil ?? state.opensAt;
        const limit = time + 2 * 24 * 60 * minute;
        const said = change === undefined ? Infinity : change.getTime();
        for (let probe = time; probe < limit; probe += 5 * minute) {
          expect(canSync(windows, probe, false)).toBe(probe < said ? state.automatic : !state.automatic);
          if (probe >= said) break;
        }
        if (change === undefined || said > limit) return;
        expect(canSync(windows, said + 500, false)).toBe(!state.automatic);
        expect(canSync(windows, said - 500, false)).toBe(state.automatic);
      }),
      { numRuns: 25 },
    );
  });

  test("names an end only within its horizon", () => {
    fc.assert(
      fc.property(any, arbitraryTime, (windows, time) => {
        const { openUntil } = windowState(windows, new Date(time));
        if (openUntil) expect(openUntil.getTime() - time).toBeLessThan(closingHorizonDays * 24 * 60 * minute);
      }),
      { numRuns: 20 },
    );
  });
});
