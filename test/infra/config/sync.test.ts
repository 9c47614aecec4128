import { describe, expect, test } from "@jest/globals";

import { parsed, problemsWith } from "./happy-path.ts";
import type { BadConfiguration, Changes } from "./happy-path.ts";

const window = { kind: "allow", schedule: "0 22 * * 1-5", duration: "1h", timeZone: "Europe/Berlin" };
const strategy = (sync: unknown): Changes => ({ applications: [{ name: "app", sync: { dev: sync } }] });
const windows = (...all: object[]) => strategy({ kind: "windows", windows: all });
const changed = (fields: object) => windows({ ...window, ...fields });

const at = "applications[0].sync.dev";
const first = `${at}.windows[0]`;
const cron =
  'allowed: five fields (minute, hour, day of month, month, day of week) that come due at some time; for example "0 22 * * 1-5"';
const zone = 'allowed: a name of the IANA time zone database, letter case included; for example "Europe/Berlin"';
const schedule = (given: string, reason: string): BadConfiguration => [
  `the schedule "${given}"`,
  changed({ schedule: given }),
  [`${first}.schedule: "${given}" is not a cron schedule (${reason}); ${cron}`],
];
const timeZone = (given: string): BadConfiguration => [
  `the time zone "${given}"`,
  changed({ timeZone: given }),
  [`${first}.timeZone: "${given}" is not a time zone; ${zone}`],
];

const bad: BadConfiguration[] = [
  schedule("@daily", "it has 1 field"),
  schedule("0 0 22 * * 1-5", "it has 6 fields"),
  schedule("61 * * * *", "Invalid value for minute: 61"),
  schedule("0 0 30 2 *", "it never comes due"),
  schedule("0 22 * * 7", "Sunday is 0, and no day is 7"),
  schedule("0 22 * * 5-7", "Sunday is 0, and no day is 7"),
  schedule("0 22 L * *", "Argo CD's parser knows no L, W, # or +"),
  schedule("0 22 * * MON#1", "Argo CD's parser knows no L, W, # or +"),
  timeZone("Berlin"),
  timeZone("CEST"),
  timeZone("+02:00"),
  timeZone("Europe/berlin"),
  // ICU knows it by its older name alone, so a comparison with the list of names would let it through.
  timeZone("Asia/kolkata"),
  timeZone("Mars/Olympus_Mons"),
  [
    "a duration in days",
    changed({ duration: "1d" }),
    [
      `${first}.duration: "1d" is not a Go duration; allowed: hours, minutes and seconds in that order; Go knows no 'd'; for example "1h30m"`,
    ],
  ],
  [
    "a window that never opens",
    changed({ duration: "0h" }),
    [`${first}.duration: "0h" is zero; allowed: a duration of one second or more; for example "180s"`],
  ],
  [
    "a window that is neither",
    changed({ kind: "open" }),
    [`${first}.kind: "open" is unknown; allowed: "allow", "deny"; choose one of these`],
  ],
  [
    "manual sync as text",
    changed({ manualSync: "yes" }),
    [`${first}.manualSync: "yes" is not a boolean; allowed: a boolean; change it`],
  ],
  [
    "windows without a window",
    windows(),
    [`${at}.windows: [] is too small; allowed: at least 1 entry; add what is missing`],
  ],
  ["windows that are left out", strategy({ kind: "windows" }), [`${at}.windows: missing; allowed: a list; add it`]],
  [
    "no strategy",
    strategy({}),
    [
      `${at}.kind: missing; allowed: "continuous", "manual", "maintenance", "scheduled", "windows"; choose one of these`,
    ],
  ],
  [
    "an unknown strategy",
    strategy({ kind: "auto" }),
    [
      `${at}.kind: "auto" is unknown; allowed: "continuous", "manual", "maintenance", "scheduled", "windows"; choose one of these`,
    ],
  ],
  ["a strategy as text", strategy("manual"), [`${at}: "manual" is not an object; allowed: an object; change it`]],
  [
    "windows of another strategy",
    strategy({ kind: "manual", windows: [window] }),
    [`${at}.windows: unknown key; allowed: kind; remove or rename it`],
  ],
];

const maintenance = (fields: object) =>
  strategy({ kind: "maintenance", market: "nyse", time: "20:00", duration: "1h", ...fields });
const scheduled = (fields: object) =>
  strategy({ kind: "scheduled", schedule: "0 18 * * 1-5", duration: "2h", timeZone: "Europe/Berlin", ...fields });
const reaches = (time: string, duration: string): BadConfiguration => [
  `a maintenance at ${time} for ${duration}`,
  maintenance({ time, duration }),
  [
    `${at}.time: "${time}" for ${duration} reaches into the hours of nyse, 09:30 to 16:00 America/New_York; allowed: ` +
      'outside of them, 17h30m at most; for example "16:00" for 1h',
  ],
];
const denial = { ...window, kind: "deny", schedule: "0 20 * * *", duration: "8h" };
const never =
  '"0 22 * * 1-5" for 1h never opens: a `deny` window holds each time, for the next 397 days; allowed: a schedule that ' +
  "is open at some time; move it, or shorten the `deny` window";

const contradictory: BadConfiguration[] = [
  reaches("15:00", "1h"),
  reaches("09:00", "31m"),
  reaches("23:00", "11h"),
  reaches("16:00", "24h"),
  [
    "a market without a calendar",
    maintenance({ market: "mars" }),
    [`${at}.market: "mars" is unknown; allowed: "nyse", "dbdx"; choose one of these`],
  ],
  [
    "a time that is none",
    maintenance({ time: "24:00" }),
    [`${at}.time: "24:00" is not a time of day; allowed: HH:MM from 00:00 to 23:59; for example "20:00"`],
  ],
  [
    "a schedule that comes due on holidays alone",
    scheduled({ schedule: "0 18 31 12 *", holidays: "dbdx" }),
    [
      `${at}.schedule: "0 18 31 12 *" for 2h never opens: a \`deny\` window holds each time, for the next 397 days; allowed: ` +
        "a schedule that is open at some time; move it, or shorten the `deny` window",
    ],
  ],
  ["an allow window inside a deny window", windows(denial, window), [`${at}.windows[1]: ${never}`]],
  [
    "an allow window inside two deny windows that take turns, in another time zone",
    windows(
      window,
      { ...denial, schedule: "0 0 * * *", duration: "12h", timeZone: "UTC" },
      { ...denial, schedule: "0 12 * * *", duration: "12h", timeZone: "UTC" },
    ),
    [`${at}.windows[0]: ${never}`],
  ],
];

describe("a sync strategy", () => {
  test.each(contradictory)("refuses %s", (_name, changes, problems) => {
    expect(problemsWith(changes)).toEqual(problems);
  });

  test("refuses allow windows that overlap, and says when", () => {
    const later = { ...window, schedule: "30 15 * * 3", timeZone: "America/New_York", duration: "2h" };
    expect(problemsWith(windows(window, later))).toEqual([
      expect.stringMatching(
        /windows\[1\]: "30 15 \* \* 3" for 2h overlaps windows\[0\], first at \d{4}-\d\d-\d\dT2[01]:\d\d:00\.000Z; allowed/,
      ),
    ]);
  });

  test.each([
    ["right before the hours", maintenance({ time: "08:30" })],
    ["right after them", maintenance({ time: "16:00" })],
    ["from their end to their beginning", maintenance({ time: "16:00", duration: "17h30m" })],
    ["over midnight", maintenance({ time: "23:30", duration: "9h" })],
    ["a schedule with holidays", scheduled({ holidays: "nyse" })],
    ["windows that touch", windows(window, { ...window, schedule: "0 23 * * 1-5" })],
    ["an allow window that a deny window cuts", windows(window, { ...denial, schedule: "30 22 * * *" })],
    ["deny windows alone", windows(denial)],
  ])("takes %s", (_name, changes) => {
    expect(problemsWith(changes)).toEqual([]);
  });

  test.each(bad)("refuses %s", (_name, changes, problems) => {
    expect(problemsWith(changes)).toEqual(problems);
  });

  test("keeps people out of a closed window unless it says otherwise", () => {
    expect(parsed(windows(window)).applications[0]?.sync.dev).toEqual({
      kind: "windows",
      windows: [{ ...window, manualSync: false }],
    });
  });

  test.each(["*/15 * * * *", "0 22 * * MON-FRI", "0 0 1 jan *", "30 4 1,15 * 0"])("takes the schedule %s", (given) => {
    expect(problemsWith(changed({ schedule: given }))).toEqual([]);
  });

  test.each([
    "UTC",
    "Etc/GMT+5",
    "America/New_York",
    "America/Argentina/Buenos_Aires",
    "America/Port-au-Prince",
    "Asia/Kolkata",
  ])("takes the time zone %s", (given) => {
    expect(problemsWith(changed({ timeZone: given }))).toEqual([]);
  });
});
