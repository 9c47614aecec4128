import { describe, expect, test } from "@jest/globals";

import type { Application } from "../../../local/argocd/index.ts";
import { reportLine } from "../../../local/git/push-report.ts";
import { syncOutcome } from "../../../local/git/sync-outcome.ts";
import { application } from "../argocd/application-object.ts";

const [old, commit, third] = ["0", "1", "2"].map((digit) => digit.repeat(40)) as [string, string, string];
const judge = (object: Application) => syncOutcome(object, commit, old);
const operation = (phase: "Failed" | "Running", revision: string) => ({
  operationState: { phase, message: "one or more objects failed to apply", syncResult: { revision } },
});

describe("the outcome of a push", () => {
  test.each([
    ["before the refresh", application({ sync: "Synced", revision: commit, refreshing: true }), undefined],
    ["before the comparison", application({ sync: "Synced", revision: old }), undefined],
    [
      "while it syncs",
      application({ sync: "OutOfSync", revision: commit, status: operation("Running", commit) }),
      undefined,
    ],
    ["while pods roll", application({ sync: "Synced", revision: commit, health: "Progressing" }), undefined],
    ["still degraded from before", application({ sync: "Synced", revision: commit, health: "Degraded" }), undefined],
    [
      "an earlier failure",
      application({ sync: "OutOfSync", revision: commit, status: operation("Failed", old) }),
      undefined,
    ],
    ["well", application({ sync: "Synced", revision: commit }), "deployed"],
    [
      "a failed sync",
      application({ sync: "OutOfSync", revision: commit, status: operation("Failed", commit) }),
      "failed",
    ],
    ["manual", application({ sync: "OutOfSync", revision: commit, automated: false }), "awaiting-approval"],
    ["manual without a difference", application({ sync: "Synced", revision: commit, automated: false }), "deployed"],
    ["a later push", application({ sync: "Synced", revision: third }), "superseded"],
  ])("%s", (_name, object, kind) => {
    expect(judge(object)?.kind).toBe(kind);
  });

  describe("while a window is closed", () => {
    const held = "closed; opens Mon 23 Nov 2026 20:00 America/New_York";
    const waiting = application({ sync: "OutOfSync", revision: commit, environment: "prod" });

    test("is that it waits, with the next opening", () => {
      const outcome = syncOutcome(waiting, commit, old, held);
      expect(outcome).toEqual({ kind: "awaiting-window", reason: held });
      const line = reportLine(waiting, outcome, { argocd: "bin/argocd", seconds: 1 });
      expect(line).toContain(`waits for its window: ${held}`);
    });

    test.each([
      ["is its failure when a person's sync failed", { status: operation("Failed", commit) }, "failed"],
      ["is open while a person's sync runs", { status: operation("Running", commit) }, undefined],
    ])("%s", (_name, fields, kind) => {
      const object = application({ sync: "OutOfSync", revision: commit, ...fields });
      expect(syncOutcome(object, commit, old, held)?.kind).toBe(kind);
    });
  });

  test("a comparison that fails ends with Argo CD's words", () => {
    const conditions = [{ type: "ComparisonError", message: "no such\n file" }];
    expect(judge(application({ sync: "Unknown", revision: old, status: { conditions } }))).toEqual({
      kind: "failed",
      reason: "ComparisonError: no such file",
    });
  });

  test("is a line that says how to approve", () => {
    const object = application({ sync: "OutOfSync", revision: commit, automated: false, environment: "staging" });
    expect(reportLine(object, judge(object), { argocd: "bin/argocd", seconds: 1.25 })).toBe(
      "  staging   web             1111111  OutOfSync  Healthy      1.3 s  awaits approval: bin/argocd app sync web-staging",
    );
  });
});
