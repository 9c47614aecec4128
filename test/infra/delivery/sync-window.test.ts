import { describe, expect, test } from "@jest/globals";

import type { Freeze } from "../../../infra/calendar/freeze.ts";
import { appProjectSpec } from "../../../infra/delivery/app-project.ts";
import { windowValid } from "../../../policies/argocd/window-valid.ts";

import { afterClose, application, calendar, groups, prod, repository } from "./environments.ts";

const frozen: Freeze = {
  environment: "prod",
  from: "2026-11-23T10:00Z",
  until: "2026-11-23T20:00Z",
  reason: "closing",
  by: "Ann",
  strict: false,
};
const trading = application("core-trading", { kind: "maintenance", market: "nyse", time: "20:00", duration: "1h" });
const manual = application("app", { kind: "manual" });
const continuous = application("risk-control");
const windows = (...freezes: Freeze[]) =>
  appProjectSpec(prod(trading, manual, continuous), repository, groups, { ...calendar, freezes }).syncWindows ?? [];
const freezeOf = (...freezes: Freeze[]) =>
  windows(...freezes)
    .filter(({ timeZone }) => timeZone === "UTC")
    .map(({ applications, manualSync }) => ({ applications, manualSync }));

describe("the windows of an AppProject", () => {
  test("of trading are one opening, the business hours and the holidays ahead", () => {
    const own = windows();
    expect(own[0]).toMatchObject({ kind: "allow", schedule: "0 20 * * 1,2,3,4,5", timeZone: "America/New_York" });
    expect(own[1]).toMatchObject({ kind: "deny", schedule: "30 9 * * 1,2,3,4,5", duration: "6h30m" });
    expect(own[2]).toMatchObject({ kind: "deny", schedule: "0 0 26 11 *", duration: "24h" });
    expect(own.every(({ applications }) => applications?.join() === "core-trading-prod")).toBe(true);
  });

  test("of a freeze leave a person the way in, but where only people sync", () => {
    expect(freezeOf(frozen)).toEqual([
      { applications: ["core-trading-prod", "risk-control-prod"], manualSync: true },
      { applications: ["app-prod"], manualSync: false },
    ]);
  });

  test("of a strict freeze stop people too", () => {
    expect(freezeOf({ ...frozen, strict: true })).toEqual([
      { applications: ["core-trading-prod", "app-prod", "risk-control-prod"], manualSync: false },
    ]);
  });

  test("hold for the applications that a freeze names", () => {
    expect(freezeOf({ ...frozen, applications: ["risk-control"] })).toEqual([
      { applications: ["risk-control-prod"], manualSync: true },
    ]);
  });

  test("have no freeze of another environment, and none that is over", () => {
    expect(freezeOf({ ...frozen, environment: "dev" })).toEqual([]);
    expect(freezeOf({ ...frozen, until: "2026-11-23T12:00Z" })).toEqual([]);
  });

  test("of every strategy and of a long freeze pass the policy on windows", () => {
    const all = appProjectSpec(
      prod(
        trading,
        continuous,
        application("app", { kind: "windows", windows: [afterClose] }),
        application("reporting", {
          kind: "scheduled",
          schedule: "0 18 * * 1-5",
          duration: "2h",
          timeZone: "UTC",
          holidays: "dbdx",
        }),
      ),
      repository,
      groups,
      { ...calendar, freezes: [{ ...frozen, until: "2027-02-10T06:30Z" }] },
    );
    expect(all.syncWindows?.length).toBeGreaterThan(15);
    const project = { apiVersion: "argoproj.io/v1alpha1", kind: "AppProject", metadata: { name: "prod" }, spec: all };
    expect(windowFaults(project)).toEqual([]);
    const tooLong = { ...project, spec: { syncWindows: [{ ...afterClose, duration: "25h", applications: ["a"] }] } };
    expect(windowFaults(tooLong)).toHaveLength(1);
  });
});

/** What the policy says about an object. */
function windowFaults(object: object): readonly string[] {
  return windowValid.judgeObject(object as never, { maxHours: 24 }, {} as never);
}
