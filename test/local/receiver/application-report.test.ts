import { describe, expect, test } from "@jest/globals";

import { healthReportOf, syncReportOf } from "../../../local/receiver/application-report.ts";
import type { ReportedApplication } from "../../../local/receiver/application-report.ts";

const revision = "0123456789012345678901234567890123456789";
const before = "1123456789012345678901234567890123456789";

const application = (health: string, since: string, phase = "Succeeded"): ReportedApplication => ({
  metadata: {
    name: "app-dev",
    labels: { "gitops.platform/application": "app", "gitops.platform/environment": "dev" },
    annotations: { "gitops.platform/on-failure": "rollback" },
  },
  spec: {
    project: "dev",
    source: { repoURL: "file:///platform.git", targetRevision: "develop", path: "apps/app/overlays/dev" },
  },
  status: {
    health: { status: health, lastTransitionTime: since },
    history: [{ revision: before }, { revision }],
    operationState: {
      phase,
      message: "successfully synced",
      startedAt: "2026-03-02T10:00:00Z",
      ...(phase === "Running" ? {} : { finishedAt: "2026-03-02T10:00:05Z" }),
      operation: { initiatedBy: { username: "deployer" } },
      syncResult: { revision },
    },
  },
});

describe("an Application that nobody reported", () => {
  test("is reported as Argo CD would have", () => {
    expect(healthReportOf(application("Degraded", "2026-03-02T10:02:00Z"))).toMatchObject({
      kind: "degraded",
      name: "app-dev",
      application: "app",
      environment: "dev",
      branch: "develop",
      onFailure: "rollback",
      revision,
      deployed: [before, revision],
    });
    expect(healthReportOf(application("Healthy", "2026-03-02T10:02:00Z"))).toMatchObject({ kind: "healthy" });
  });

  test("is not when its health is older than the sync, or still on its way", () => {
    expect(healthReportOf(application("Degraded", "2026-03-02T09:59:59Z"))).toBeUndefined();
    expect(healthReportOf(application("Progressing", "2026-03-02T10:02:00Z"))).toBeUndefined();
    expect(healthReportOf(application("Healthy", "2026-03-02T10:02:00Z", "Running"))).toBeUndefined();
  });

  test("is not when it is none of the platform's", () => {
    const { metadata, ...rest } = application("Degraded", "2026-03-02T10:02:00Z");
    expect(healthReportOf({ ...rest, metadata: { name: metadata.name } })).toBeUndefined();
  });
});

describe("a sync that nobody reported", () => {
  test("is reported as Argo CD would have, however it ended", () => {
    const facts = { kind: "synced", revision, initiatedBy: "deployer", finishedAt: "2026-03-02T10:00:05Z" };
    for (const phase of ["Succeeded", "Failed", "Error"]) {
      const found = syncReportOf(application("Progressing", "2026-03-02T09:00:00Z", phase));
      expect(found).toMatchObject({ ...facts, phase });
    }
  });

  test("is not while it runs", () => {
    expect(syncReportOf(application("Healthy", "2026-03-02T10:02:00Z", "Running"))).toBeUndefined();
  });
});
