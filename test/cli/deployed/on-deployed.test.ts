import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { gitops, temporaryFolder, writeFiles } from "../plan/gitops.ts";
import type { Ran } from "../plan/gitops.ts";
import { makeRepositories, overlay, overlayFile, report } from "../recovery/repositories.ts";
import type { Repositories } from "../recovery/repositories.ts";
import { startGitHubStatuses } from "../repository/github-statuses.ts";
import type { GitHubStatuses } from "../repository/github-statuses.ts";

let git: Repositories;
let host: GitHubStatuses;
let folder: string;
let revision: string;

beforeEach(async () => {
  [git, host, folder] = [await makeRepositories(), await startGitHubStatuses(), temporaryFolder()];
  revision = await git.commit("Release app 1", { [overlayFile]: overlay("1.0.0") });
});
afterEach(async () => {
  await host.close();
  await git.remove();
});

const times = { startedAt: "2026-03-02T10:00:00Z", finishedAt: "2026-03-02T10:00:07Z" };
const synced = (more: Readonly<Record<string, unknown>> = {}): object =>
  report(revision, { kind: "synced", phase: "Succeeded", initiatedBy: "deployer", ...times, ...more });

const onDeployed = (event: object, ...args: readonly string[]): Promise<Ran> => {
  writeFiles(folder, { "event.json": JSON.stringify({ client_payload: { event } }) });
  const where = ["--event", join(folder, "event.json"), "--directory", git.clone];
  return gitops(folder, ["on-deployed", ...where, ...args], host.environment);
};

const context = "gitops/dev/app";

describe("gitops on-deployed", () => {
  test("records how a sync ended in the note of its commit, once, and nothing on a host that is plain Git", async () => {
    const { exitCode, stdout } = await onDeployed(synced());
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("deployed: Argo CD synced app-dev")]);
    expect((await onDeployed(synced())).stdout).toContain("is recorded already");
    expect(await git.notes(revision)).toEqual([
      expect.objectContaining({
        version: 1,
        action: "deployed",
        application: "app",
        environment: "dev",
        revision,
        outcome: "Succeeded",
        by: "deployer",
        seconds: 7,
        startedAt: "2026-03-02T10:00:00.000Z",
      }),
    ]);
    expect(host.statuses.size).toBe(0);
  });

  test("shows a status on GitHub, once, in a context of its own, with the page of Argo CD", async () => {
    const link = "https://argocd.example.com/applications/app-dev";
    await onDeployed(synced({ link }), "--host", "github");
    await onDeployed(synced({ link }), "--host", "github");
    expect(host.statuses.get(revision)).toEqual([
      {
        context,
        state: "success",
        target_url: link,
        description: `Argo CD synced app-dev to ${revision.slice(0, 7)} for deployer: Succeeded after 7 s`,
      },
    ]);
  });

  test("shows a sync that failed with Argo CD's words, as many as GitHub takes", async () => {
    const message = `one or more objects failed to apply: ${"x".repeat(500)}`;
    const { exitCode } = await onDeployed(synced({ phase: "Failed", message }), "--host", "github");
    expect(exitCode).toBe(0);
    expect(host.statuses.get(revision)).toMatchObject([
      { context, state: "failure", description: expect.stringContaining("failed to apply") },
    ]);
    expect(await git.notes(revision)).toMatchObject([{ outcome: "Failed", reason: expect.stringContaining("xxx") }]);
  });

  test("shows what the application became afterwards in the same place, and records nothing of that", async () => {
    await onDeployed(synced(), "--host", "github");
    await onDeployed(report(revision, { analysis: "success rate 84.62% < 99%" }), "--host", "github");
    expect(host.statuses.get(revision)).toMatchObject([
      { context, state: "failure", description: "app-dev is Degraded: success rate 84.62% < 99%" },
      { context, state: "success" },
    ]);
    await onDeployed(report(revision, { kind: "healthy" }), "--host", "github");
    expect(host.statuses.get(revision)?.[0]).toMatchObject({ state: "success", description: "app-dev is Healthy" });
    expect(await git.notes(revision)).toHaveLength(1);
  });

  test("records nothing where the report does not say when, or the branch does not have the commit", async () => {
    expect((await onDeployed(synced({ finishedAt: "" }))).stdout).toContain(
      "nothing: the report on app-dev does not say",
    );
    expect((await onDeployed(synced({ revision: "1".repeat(40) }))).stdout).toContain("does not have 1111111");
    expect(await git.notes(revision)).toEqual([]);
  });

  test("ends with 2 and GitHub's words when it refuses the token", async () => {
    writeFiles(folder, { "event.json": JSON.stringify(synced()) });
    const args = ["on-deployed", "--event", join(folder, "event.json"), "--directory", git.clone, "--host", "github"];
    const ran = await gitops(folder, args, { ...host.environment, GITHUB_TOKEN: "wrong" });
    expect(ran).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("Bad credentials") });
  });

  test("on-failure leaves a sync that has ended to its record", async () => {
    writeFiles(folder, { "event.json": JSON.stringify(synced()) });
    const { exitCode } = await gitops(folder, [
      "on-failure",
      "--event",
      join(folder, "event.json"),
      "--directory",
      git.clone,
      "--no-render",
    ]);
    expect(exitCode).toBe(0);
    expect(await git.log()).toEqual([revision]);
    expect(await git.notes(revision)).toMatchObject([{ action: "deployed" }]);
  });
});
