import { describe, expect, test } from "@jest/globals";

import { windowMessage } from "../../../cli/windows/message.ts";
import { windowsOf } from "../../../cli/windows/of-project.ts";
import { windowState } from "../../../infra/calendar/window-state.ts";
import type { Window } from "../../../infra/calendar/window.ts";

const evening: Window = {
  kind: "allow",
  schedule: "0 20 * * 1-5",
  duration: "1h",
  timeZone: "America/New_York",
  manualSync: true,
};
const said = (time: string, ...windows: Window[]) =>
  windowMessage(windowState(windows, new Date(time)), new Date(time));

describe("the message about windows", () => {
  test("is short where nothing stops a sync", () => {
    expect(said("2026-11-23T12:00Z")).toBe("open");
  });

  test("says until when it is open", () => {
    expect(
      windowMessage(windowState([evening], new Date("2026-11-24T01:30Z")), new Date("2026-11-24T01:30Z"), "UTC"),
    ).toBe("open until Tue 24 Nov 2026 02:00 UTC (in 30 min)");
  });

  test("says when it opens on the clock of the window, and that a person gets through", () => {
    expect(said("2026-11-23T12:00Z", evening)).toBe(
      "closed; opens Mon 23 Nov 2026 20:00 America/New_York (in 13 h); a manual sync gets through",
    );
  });

  test("names what denies it", () => {
    const frozen: Window = {
      kind: "deny",
      schedule: "0 0 23-25 11 *",
      duration: "24h",
      timeZone: "UTC",
      manualSync: false,
      description: "frozen by Ann: closing",
    };
    expect(said("2026-11-23T12:00Z", evening, frozen)).toBe(
      "closed, frozen by Ann: closing; opens Thu 26 Nov 2026 01:00 UTC (in 2 d 13 h)",
    );
    expect(said("2026-11-23T12:00Z", { ...frozen, schedule: "0 0 * * *" })).toBe(
      "closed, frozen by Ann: closing; no opening is ahead",
    );
  });
});

describe("the windows of an AppProject", () => {
  const applications = ["core-trading-prod"];

  test("are those that name the Application, with Argo CD's defaults", () => {
    const { manualSync: _, timeZone: __, ...bare } = evening;
    const syncWindows = [
      { ...evening, applications, description: "maintenance" },
      { ...bare, applications: ["reporting-prod", ...applications] },
      { ...evening, applications: ["reporting-prod"] },
    ];
    expect(windowsOf({ spec: { syncWindows } }, "core-trading-prod")).toEqual([
      { ...evening, description: "maintenance" },
      { ...evening, timeZone: "UTC", manualSync: false },
    ]);
    expect(windowsOf({ spec: {} }, "core-trading-prod")).toEqual([]);
  });
});
