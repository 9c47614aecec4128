import { describe, expect, test } from "@jest/globals";

import type { DashboardApplication, Snapshot } from "../../cli/dashboard/model.ts";
import { changes } from "../../dashboard/logic/changes.ts";

import { recordedSnapshot } from "./recorded/index.ts";

const before = recordedSnapshot();

const after = (id: string, change: Partial<DashboardApplication>): Snapshot => ({
  ...before,
  applications: before.applications.map((one) => (one.id === id ? { ...one, ...change } : one)),
});

const sentences = (next: Snapshot): readonly string[] => changes(before, next).map(({ sentence }) => sentence);

describe("what is read out when something changes", () => {
  test("nothing, when nothing did", () => expect(sentences(before)).toEqual([]));

  test("nothing for numbers that move all the time", () => {
    expect(sentences(after("prod/app", { replicas: { ready: 5, wanted: 7 } }))).toEqual([]);
  });

  test("a state with its reason, and what Argo CD says", () => {
    const next = after("dev/core-trading", { state: "unwell", reason: "no such image", health: "Degraded" });
    expect(sentences(next)).toEqual(["core-trading in dev: not well, no such image, degraded."]);
  });

  test("what runs now, by its version", () => {
    expect(sentences(after("prod/app", { image: "registry.example/app:2.0.0@sha256:0123" }))).toEqual([
      "app in prod: runs 2.0.0.",
    ]);
  });

  test("a phase of a canary, and a window that closes", () => {
    const windows = { automatic: false, manual: true, openUntil: null, opensAt: null, message: "" };
    const canary = { phase: "WaitingPromotion", weight: 50, failedChecks: 0 };
    expect(sentences(after("prod/app", { canary, windows }))).toEqual([
      "app in prod: canary waiting promotion, its window has closed.",
    ]);
  });

  test("applications that come and go", () => {
    const [first, ...rest] = before.applications as readonly [DashboardApplication, ...DashboardApplication[]];
    const next = { ...before, applications: [...rest, { ...first, id: "dev/new", application: "new" }] };
    expect(sentences(next)).toEqual(["new in dev: is new.", `${first.application} in dev: is gone.`]);
  });
});
