import { describe, expect, test } from "@jest/globals";

import { isSettled, summarize } from "../../../local/argocd/index.ts";
import type { FluxApplication } from "../../../local/flux/application.ts";
import { joinSources } from "../../../local/flux/applications.ts";
import { syncOutcome } from "../../../local/git/sync-outcome.ts";

import {
  commit,
  condition,
  entry,
  gitRepository,
  kustomization,
  revisionOf,
  waitsForHealth,
  well,
} from "./flux-objects.ts";
import type { KustomizationFields } from "./flux-objects.ts";

const [old, wanted] = [commit("a"), commit("b")];

function read(fields: KustomizationFields, source = gitRepository(wanted)): FluxApplication {
  const [application] = joinSources([kustomization(fields)], [gitRepository(old, "prod"), source]);
  if (application === undefined) throw new Error("a Kustomization is no application");
  return application;
}

const told = (...args: Parameters<typeof read>) => {
  const { sync, health, message } = summarize(read(...args));
  return [sync, health, message];
};
const history = (...args: Parameters<typeof read>) => read(...args).status.history;
const revisions = (...args: Parameters<typeof read>) => history(...args).map(({ revision }) => revision);

describe("a Kustomization as an application", () => {
  test("has the fields of the table, from the GitRepository of its own namespace", () => {
    const application = read({ status: well(wanted) });
    expect(summarize(application)).toEqual({
      environment: "dev",
      application: "app",
      name: "app-dev",
      revision: wanted,
      sync: "Synced",
      health: "Healthy",
      message: "",
      automated: true,
    });
    expect(application.spec.source).toMatchObject({ targetRevision: "main", path: "apps/app/overlays/dev" });
  });

  test("is Synced and Progressing as soon as a commit is applied and its health is waited for", () => {
    const status = { ...well(old), lastAttemptedRevision: revisionOf(wanted), conditions: waitsForHealth(wanted) };
    expect(told({ status })).toEqual(["Synced", "Progressing", expect.stringContaining("Running health checks")]);
    expect(revisions({ status })).toEqual([old, wanted]);
  });

  test("is OutOfSync before that, and says what goes on", () => {
    const before = {
      ...well(old),
      conditions: [condition("Ready", "Unknown", "Progressing", "Reconciliation in progress")],
    };
    expect(told({ status: { ...before, lastAttemptedRevision: revisionOf(wanted) } })).toEqual([
      "OutOfSync",
      "Progressing",
      "syncing: Reconciliation in progress",
    ]);
    // A wait that a newer commit ended leaves its words behind.
    const overtaken = { ...before, conditions: waitsForHealth(commit("c")), lastAttemptedRevision: revisionOf(wanted) };
    expect(told({ status: overtaken })[0]).toBe("OutOfSync");
    expect(revisions({ status: overtaken })).toEqual([old]);
  });

  test("is Synced and Degraded when what was applied does not become healthy, and that is what runs", () => {
    const status = {
      ...well(old),
      lastAttemptedRevision: revisionOf(wanted),
      conditions: [condition("Ready", "False", "HealthCheckFailed", "Canary/dev/app status: 'Failed'")],
      history: [entry(wanted, 40, "HealthCheckFailed"), entry(old, 30)],
    };
    expect(told({ status })).toEqual([
      "Synced",
      "Degraded",
      "Kustomization/app-dev is Degraded: Canary/dev/app status: 'Failed'",
    ]);
    expect(revisions({ status })).toEqual([old, wanted]);
    expect(summarize(read({ status })).revision).toBe(wanted);
  });

  test("is OutOfSync and Degraded when it could not be applied", () => {
    const status = {
      ...well(old),
      lastAttemptedRevision: revisionOf(wanted),
      conditions: [condition("Ready", "False", "ReconciliationFailed", "secrets is forbidden")],
      history: [entry(wanted, 40, "ReconciliationFailed"), entry(old, 30)],
    };
    expect(told({ status })).toEqual([
      "OutOfSync",
      "Degraded",
      "SyncError: ReconciliationFailed: secrets is forbidden",
    ]);
    expect(revisions({ status })).toEqual([old]);
  });

  test("stays Healthy while Flux only looks again, for half a minute", () => {
    const looks = (seconds: number) =>
      told({
        status: {
          ...well(wanted),
          conditions: waitsForHealth(wanted, new Date(Date.now() - seconds * 1000).toISOString()),
        },
      });
    const unwell = {
      ...well(wanted, entry(old, 10)),
      history: [entry(wanted, 40, "HealthCheckFailed"), entry(wanted, 30)],
    };
    const again = waitsForHealth(wanted, new Date().toISOString());
    expect(told({ status: { ...unwell, conditions: again } })[1]).toBe("Progressing");
    expect(looks(5)).toEqual(["Synced", "Healthy", ""]);
    expect(looks(60)).toEqual(["Synced", "Progressing", expect.stringContaining("Running health checks")]);
  });

  test.each(["DependencyNotReady", "HealthCheckCanceled"])("%s is no failure: it goes on by itself", (reason) => {
    const status = {
      ...well(old),
      lastAttemptedRevision: revisionOf(wanted),
      conditions: [condition("Ready", "False", reason)],
    };
    expect(told({ status })[1]).toBe("Progressing");
  });

  test("that is suspended waits for a person, and is settled", () => {
    const waits = read({ suspend: true });
    expect(summarize(waits)).toMatchObject({ sync: "OutOfSync", health: "Missing", automated: false });
    expect(isSettled(summarize(waits))).toBe(true);
    expect(told({ suspend: true, status: well(wanted) })).toEqual(["Synced", "Healthy", ""]);
  });

  test("says what is wrong with its source before all", () => {
    const source = gitRepository(wanted, "dev", [condition("Ready", "False", "GitOperationFailed", "no such branch")]);
    expect(told({ status: well(wanted) }, source)[2]).toBe("SourceError: GitOperationFailed: no such branch");
  });
});

describe("a push", () => {
  const failed = {
    ...well(old),
    conditions: [condition("Ready", "False", "ReconciliationFailed", "secrets is forbidden")],
    history: [entry(old, 30, "ReconciliationFailed")],
  };
  const asked = (handled: string, at: string) => {
    const { metadata, ...rest } = gitRepository(at);
    const annotations = { "reconcile.fluxcd.io/requestedAt": "2026-03-02T11:00:00Z" };
    return {
      ...rest,
      metadata: { ...metadata, annotations },
      status: { ...rest.status, lastHandledReconcileAt: handled },
    };
  };

  test("is not judged by what failed before, until Flux has looked at Git", () => {
    const before = read({ status: failed }, asked("2026-03-02T10:00:00Z", old));
    expect(syncOutcome(before, wanted, old)).toBeUndefined();
    const after = read({ status: failed }, asked("2026-03-02T11:00:00Z", wanted));
    expect(syncOutcome(after, wanted, old)).toBeUndefined();
  });

  test("is judged when it was applied: as failed, or as deployed when all is healthy", () => {
    const source = asked("2026-03-02T11:00:00Z", wanted);
    const status = { ...failed, lastAttemptedRevision: revisionOf(wanted) };
    expect(syncOutcome(read({ status }, source), wanted, old)).toMatchObject({ kind: "failed" });
    expect(syncOutcome(read({ status: well(wanted) }, source), wanted, old)).toMatchObject({ kind: "deployed" });
  });

  test("waits on while a Canary is still as the release before has left it", () => {
    const status = {
      ...well(old),
      lastAttemptedRevision: revisionOf(wanted),
      conditions: [condition("Ready", "False", "HealthCheckFailed", "Canary/dev/app status: 'Failed'")],
      history: [entry(wanted, 40, "HealthCheckFailed"), entry(old, 30)],
    };
    expect(syncOutcome(read({ status }, asked("2026-03-02T11:00:00Z", wanted)), wanted, old)).toBeUndefined();
  });
});

describe("its history", () => {
  test("has a content that came back after the one before, whenever it came first", () => {
    // A plain revert: Flux moves the old entry to the front, with its first time.
    const back = { ...entry(wanted, 10), lastReconciled: "2026-03-02T10:50:00Z" };
    const status = { ...well(wanted), history: [back, entry(old, 20)] };
    expect(history({ status })).toEqual([
      { id: 0, revision: old, deployedAt: "2026-03-02T10:20:00Z" },
      { id: 1, revision: wanted, deployedAt: "2026-03-02T10:20:59Z" },
    ]);
  });

  test("has each deployment once, though Flux keeps one entry for each outcome", () => {
    const status = {
      ...well(wanted),
      history: [entry(wanted, 41), entry(wanted, 40, "HealthCheckFailed"), entry(old, 30)],
    };
    expect(revisions({ status })).toEqual([old, wanted]);
  });

  test("does not call the oldest entry the first of all where Flux has forgotten some", () => {
    const five = ["b", "c", "d", "e", "f"].map((digit, index) => entry(commit(digit), 40 - index));
    expect(history({ status: { ...well(wanted), history: five } }).map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
  });
});
