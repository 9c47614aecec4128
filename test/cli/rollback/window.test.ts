import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { startKubernetes } from "../cluster/kubernetes-server.ts";
import type { KubernetesServer } from "../cluster/kubernetes-server.ts";
import { application, applicationsPath, give, syncs } from "../cluster/objects.ts";
import { gitops, temporaryFolder } from "../plan/gitops.ts";
import type { Ran } from "../plan/gitops.ts";
import { at, makeRepositories, overlay, overlayFile } from "../recovery/repositories.ts";
import type { Repositories } from "../recovery/repositories.ts";

const person = { GIT_AUTHOR_NAME: "Ann Operator", GIT_AUTHOR_EMAIL: "ann@example.com" };
const projects = "/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects";

let server: KubernetesServer;
let git: Repositories;
let folder: string;
let synced: readonly string[];

beforeEach(async () => {
  [server, git, folder] = [await startKubernetes(), await makeRepositories(), temporaryFolder()];
  const first = await git.commit("Release app 1", { [overlayFile]: overlay("1.0.0") }, at(0));
  synced = [first, await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") }, at(60))];
  give(server, application({ environment: "dev", revision: synced.at(-1) ?? "", synced }));
});
afterEach(async () => {
  await server.close();
  await git.remove();
});

/** A window of every day and hour, so that it is active whenever the test runs. */
function window(kind: "allow" | "deny", manualSync: boolean): void {
  const always = { schedule: "0 0 * * *", duration: "24h", timeZone: "UTC", applications: ["app-dev"] };
  const spec = { syncWindows: [{ kind, manualSync, ...always }] };
  server.answers.set(projects, { items: [{ metadata: { name: "dev" }, spec }] });
}

const rollback = (...args: readonly string[]): Promise<Ran> => {
  const where = ["--env", "dev", "--kubeconfig", server.kubeconfig, "--directory", git.clone, "--no-render"];
  return gitops(folder, ["rollback", "app", ...where, ...args], person);
};

const emergency = (): Promise<Ran> => rollback("--emergency", "orders are lost", "--json");
const path = `${applicationsPath}/app-dev`;
const patches = (): readonly string[] => server.requests.filter((line) => line.startsWith("PATCH"));

describe("gitops rollback, and sync windows", () => {
  test("is refused while the window is closed", async () => {
    window("deny", true);
    const { stdout, exitCode } = await rollback();
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('--emergency "<why>"')]);
    expect(await git.log()).toHaveLength(2);
    expect(patches()).toEqual([]);
  });

  test("in an emergency commits, records, and syncs exactly that commit past the window", async () => {
    window("deny", true);
    syncs(server, "Succeeded");
    const { stdout, exitCode } = await emergency();
    const { commit, ...said } = JSON.parse(stdout) as { readonly commit: string };
    expect([exitCode, said]).toMatchObject([
      0,
      {
        action: "rolled-back",
        emergency: "orders are lost",
        sync: { revision: commit, phase: "Succeeded" },
        next: null,
      },
    ]);
    expect(server.answers.get(path)).toMatchObject({
      status: {
        operationState: {
          operation: {
            initiatedBy: { username: "Ann Operator <ann@example.com>" },
            sync: { revision: commit },
            info: [{ name: "Emergency", value: "orders are lost" }, { name: "Requested-by" }],
          },
        },
      },
    });
    const asked = { action: "emergency-sync", emergency: "orders are lost", by: "Ann Operator <ann@example.com>" };
    expect(await git.notes(commit)).toMatchObject([
      { action: "rolled-back", emergency: "orders are lost" },
      asked,
      { ...asked, outcome: "Succeeded" },
    ]);
  });

  test("says that the commit is made when the sync is refused, and goes on there the next time", async () => {
    window("deny", true);
    server.refusals.set(`PATCH ${path}`, 403);
    const refused = await emergency();
    const { commit } = JSON.parse(refused.stdout) as { readonly commit: string };
    expect(refused).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("is refused by the test") });
    expect(JSON.parse(refused.stdout)).toMatchObject({ next: expect.stringContaining("argocd app sync app-dev") });

    server.refusals.clear();
    syncs(server, "Succeeded");
    const again = await emergency();
    expect(JSON.parse(again.stdout)).toMatchObject({
      action: "nothing",
      sync: { revision: commit, phase: "Succeeded" },
    });
    expect(again.exitCode).toBe(0);
    expect(await git.log()).toHaveLength(3);
  });

  test("fails when the sync fails", async () => {
    window("deny", true);
    syncs(server, "Failed", "one object was refused");
    const { stdout, exitCode } = await rollback("--emergency", "--reason", "orders are lost");
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining("Failed: one object was refused")]);
  });

  test("does not ask for a sync that would hang, where the window is closed to people too", async () => {
    window("deny", false);
    expect((await emergency()).stdout).toContain("closed to people too");
    expect(patches()).toEqual([]);
  });

  test("goes its way while the window is open, and leaves the sync to Argo CD", async () => {
    window("allow", true);
    const { stdout, exitCode } = await emergency();
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([0, { action: "rolled-back", sync: null, next: null }]);
    expect(patches()).toEqual([]);
  });

  test("shows in a dry run what an emergency would do, and does nothing", async () => {
    window("deny", true);
    const { stdout, exitCode } = await rollback("--emergency", "orders are lost", "--dry-run");
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("and synced at once")]);
    expect(patches()).toEqual([]);
    expect(await git.log()).toHaveLength(2);
  });

  test("wants one reason for an emergency", async () => {
    for (const args of [["--emergency"], ["--emergency", " "], ["--emergency", "a", "--reason", "b"]]) {
      expect(await rollback(...args)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("--emergency") });
    }
  });

  test("goes its way, with a warning, when nobody may see the windows", async () => {
    server.refusals.set(projects, 403);
    const { stderr, exitCode } = await rollback();
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining("warning: windows are not known")]);
  });
});
