import { describe, expect, test } from "@jest/globals";

import { isSettled, summarize } from "../../../local/argocd/index.ts";

import { application } from "./application-object.ts";

const message = (...args: Parameters<typeof application>): string => summarize(application(...args)).message;
const resource = { kind: "Deployment", name: "web" };

describe("the summary of an application", () => {
  test("has the fields of the table", () => {
    expect(summarize(application({ sync: "Synced", revision: "abc" }))).toEqual({
      environment: "dev",
      application: "web",
      name: "web-dev",
      revision: "abc",
      sync: "Synced",
      health: "Healthy",
      message: "",
      automated: true,
    });
  });

  test("without labels and status it is still a line", () => {
    expect(summarize({ metadata: { name: "stray" }, spec: {} })).toMatchObject({
      application: "stray",
      sync: "Unknown",
      health: "Unknown",
      message: "not compared with Git yet",
    });
  });

  test("says why: the condition before all", () => {
    const conditions = [{ type: "SyncError", message: "Failed" }];
    expect(message({ sync: "OutOfSync", status: { conditions } })).toBe("SyncError: Failed");
  });

  test("says why: the failed sync", () => {
    const operationState = { phase: "Failed", message: "denied" } as const;
    expect(message({ sync: "OutOfSync", status: { operationState } })).toBe("sync failed: denied");
  });

  test("says why: the worst resource, not the first", () => {
    const resources = [
      { ...resource, name: "slow", health: { status: "Progressing" } },
      { ...resource, health: { status: "Degraded", message: "exceeded its progress deadline" } },
    ];
    expect(message({ sync: "Synced", health: "Degraded", status: { resources } })).toBe(
      "Deployment/web is Degraded: exceeded its progress deadline",
    );
  });

  test("says why: what differs, and what is to be pruned", () => {
    const resources = [
      { ...resource, status: "OutOfSync" },
      { kind: "ConfigMap", name: "old", status: "OutOfSync", requiresPruning: true },
    ];
    expect(message({ sync: "OutOfSync", status: { resources } })).toBe(
      "differs from Git: Deployment/web, ConfigMap/old (to be pruned)",
    );
  });

  test.each([
    [{ sync: "Synced" }, true],
    [{ sync: "Synced", health: "Progressing" }, false],
    // A release at its gate.
    [{ sync: "Synced", health: "Suspended" }, true],
    [{ sync: "OutOfSync" }, false],
    [{ sync: "OutOfSync", automated: false }, true],
    [{ sync: "Unknown", automated: false }, false],
  ])("settled: %j is %s", (args, expected) => {
    expect(isSettled(summarize(application(args)))).toBe(expected);
  });
});
