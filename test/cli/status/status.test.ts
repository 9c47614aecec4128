import { join } from "node:path";

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { execa } from "execa";

import type { StatusDocument } from "../../../cli/status/model.ts";
import { projectsPath } from "../../../cli/windows/read.ts";
import { root } from "../../support/kustomize.ts";
import { startKubernetes } from "../cluster/kubernetes-server.ts";
import type { KubernetesServer } from "../cluster/kubernetes-server.ts";
import {
  application,
  applicationsPath,
  canariesPath,
  canary,
  deployment,
  deploymentsPath,
  give,
} from "../cluster/objects.ts";
import { gitops, temporaryFolder } from "../plan/gitops.ts";

const [one, two] = ["1".repeat(40), "2".repeat(40)];
const image = "ghcr.io/example/app";

let server: KubernetesServer;
let folder: string;

beforeAll(async () => {
  server = await startKubernetes();
  folder = temporaryFolder();
});
afterAll(() => server.close());
beforeEach(() => {
  server.answers.clear();
  server.refusals.clear();
});

const run = (...args: readonly string[]) => gitops(folder, ["status", ...args, "--local", server.directory]);

async function json(...args: readonly string[]): Promise<StatusDocument & { readonly exitCode: number | undefined }> {
  const { stdout, stderr, exitCode } = await run(...args, "--json");
  expect(stderr).toBe("");
  return { ...(JSON.parse(stdout) as StatusDocument), exitCode };
}

describe("gitops status", () => {
  test("says what runs, what shall run, and how a release is doing, in the order of environments", async () => {
    const failing = {
      resources: [{ kind: "Deployment", name: "web", health: { status: "Degraded", message: "no pods" } }],
    };
    give(
      server,
      application({ environment: "prod", revision: two, synced: [one, two] }),
      application({ application: "web", environment: "dev", revision: one, health: "Degraded", status: failing }),
      application({ environment: "dev", revision: two, synced: [one], sync: "OutOfSync" }),
    );
    server.answers.set(canariesPath("prod"), {
      items: [canary("app", "prod", { phase: "Progressing", canaryWeight: 30, failedChecks: 1 })],
    });
    server.answers.set(deploymentsPath("prod"), {
      items: [
        deployment("app", "prod", `${image}:2.0.0`, 1),
        deployment("app-primary", "prod", `${image}:1.0.0`, 2, 3),
      ],
    });

    const { applications, exitCode } = await json();
    expect(applications.map(({ name }) => name)).toEqual(["app-dev", "web-dev", "app-prod"]);
    expect(applications[0]).toMatchObject({ wanted: two, running: one, state: "moving", canary: null, replicas: null });
    expect(applications[1]).toMatchObject({ state: "unwell", reason: "Deployment/web is Degraded: no pods" });
    expect(applications[2]).toMatchObject({
      running: two,
      image: `${image}:1.0.0`,
      nextImage: `${image}:2.0.0`,
      canary: { phase: "Progressing", weight: 30, failedChecks: 1 },
      replicas: { ready: 3, wanted: 4 },
      state: "moving",
    });
    expect(exitCode).toBe(1);

    const table = await run();
    expect(table.exitCode).toBe(1);
    expect(table.stdout).toContain("1.0.0 > 2.0.0");
    expect(table.stdout).toContain("Progressing 30%");
    expect(table.stdout).toContain("1111111 > 2222222");
    // No colours where there is no terminal.
    expect(table.stdout).not.toContain("\u001b");
  });

  test("says what a sync window holds back, and when it opens", async () => {
    const always = { schedule: "0 0 * * *", duration: "24h", timeZone: "UTC", manualSync: true };
    const later = new Date(Date.now() + 180 * 24 * 3_600_000);
    const [day, month] = [later.getUTCDate(), later.getUTCMonth() + 1];
    const once = { kind: "allow", schedule: `0 20 ${day} ${month} *`, duration: "1h", timeZone: "UTC" };
    give(
      server,
      application({ environment: "prod", revision: two, synced: [one], sync: "OutOfSync" }),
      application({ application: "frozen", environment: "prod", revision: two, synced: [one], sync: "OutOfSync" }),
      application({ application: "open", environment: "prod", revision: one }),
    );
    server.answers.set(projectsPath, {
      items: [
        {
          metadata: { name: "prod" },
          spec: {
            syncWindows: [
              { ...once, applications: ["app-prod"] },
              { ...always, kind: "deny", description: "frozen by Ann: closing", applications: ["frozen-prod"] },
            ],
          },
        },
      ],
    });
    const { applications, exitCode } = await json();
    expect(applications.map(({ windows, waitsFor, state }) => ({ windows, waitsFor, state }))).toEqual([
      {
        waitsFor: "window",
        state: "waiting",
        windows: {
          automatic: false,
          manual: false,
          openUntil: null,
          opensAt: `${later.toISOString().slice(0, 10)}T20:00:00.000Z`,
          message: expect.stringMatching(/^closed; opens \w{3} \d+ \w+ \d{4} 20:00 UTC$/),
        },
      },
      {
        waitsFor: "window",
        state: "waiting",
        windows: {
          automatic: false,
          manual: true,
          openUntil: null,
          opensAt: null,
          message: "closed, frozen by Ann: closing; no opening is ahead; a manual sync gets through",
        },
      },
      { waitsFor: null, state: "well", windows: null },
    ]);
    expect(exitCode).toBe(0);
    expect((await run()).stdout).toContain("waits for its window; closed");
  });

  test("says what waits for a person, which is not unwell", async () => {
    give(
      server,
      application({ environment: "staging", revision: two, synced: [one], sync: "OutOfSync", automated: false }),
      application({ environment: "prod", revision: two, health: "Suspended" }),
    );
    server.answers.set(canariesPath("prod"), { items: [canary("app", "prod", { phase: "WaitingPromotion" })] });
    const { applications, exitCode } = await json();
    expect(applications).toMatchObject([
      { environment: "staging", waitsFor: "sync", state: "waiting" },
      { environment: "prod", waitsFor: "promotion", state: "waiting" },
    ]);
    expect(exitCode).toBe(0);
    expect((await run("app", "--env", "prod")).stdout).toMatch(/gitops\s+approve app/);
  });

  test("gives a failed analysis its reason", async () => {
    give(server, application({ environment: "prod", revision: two, health: "Degraded" }));
    const conditions = [{ type: "Promoted", message: "Canary analysis failed, Deployment scaled to zero." }];
    server.answers.set(canariesPath("prod"), { items: [canary("app", "prod", { phase: "Failed", conditions })] });
    const { applications, exitCode } = await json();
    expect(applications).toMatchObject([
      { state: "unwell", reason: expect.stringContaining("Canary analysis failed") },
    ]);
    expect(exitCode).toBe(1);
  });

  test("says the rest, and a warning, when it may not read the workloads", async () => {
    give(server, application({ environment: "dev", revision: one }));
    server.refusals.set(canariesPath("dev"), 403);
    const { applications, warnings, exitCode } = await json();
    expect(applications).toMatchObject([{ state: "well", reason: "" }]);
    expect(warnings).toEqual([expect.stringContaining("is refused by the test")]);
    expect(exitCode).toBe(0);
  });

  test("reaches a cluster by a kubeconfig too", async () => {
    give(server, application({ environment: "dev", revision: one }));
    const { stdout, exitCode } = await gitops(folder, ["status", "--kubeconfig", server.kubeconfig]);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("Healthy")]);
    const wrong = await gitops(folder, ["status", "--kubeconfig", server.kubeconfig, "--context", "nowhere"]);
    expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--context "nowhere"') });
  });

  test("watches: draws again when something has changed, until it is interrupted", async () => {
    give(server, application({ environment: "dev", revision: one }));
    const launcher = join(root, "cli", "bin", "gitops.mjs");
    const args = ["status", "--watch", "--interval", "0.1", "--json", "--local", server.directory];
    const watching = execa(launcher, args, { cwd: folder, reject: false });
    const lines: StatusDocument[] = [];
    for await (const line of watching) {
      lines.push(JSON.parse(line) as StatusDocument);
      if (lines.length === 1) give(server, application({ environment: "dev", revision: two, health: "Progressing" }));
      else watching.kill("SIGINT");
    }
    expect(lines.map(({ applications }) => applications[0]?.state)).toEqual(["well", "moving"]);
    expect((await watching).exitCode).toBe(130);
  });

  test("refuses with 2 what is not there, and says what is", async () => {
    give(server, application({ environment: "dev", revision: one }));
    expect(await run("web")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("app in dev") });
    expect(await run("--env", "nowhere")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("staging") });
    server.answers.clear();
    expect(await run()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(applicationsPath) });
    const nowhere = await gitops(folder, ["status", "--local", folder]);
    expect(nowhere).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("npm start") });
    expect(await gitops(folder, ["status", "--help"])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("Examples"),
    });
  });
});
