import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { startKubernetes } from "../cluster/kubernetes-server.ts";
import type { KubernetesServer } from "../cluster/kubernetes-server.ts";
import { application, give } from "../cluster/objects.ts";
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

const emergency = (): Promise<Ran> => rollback("--emergency", "--reason", "orders are lost");

describe("gitops rollback, and sync windows", () => {
  test("is refused while the window is closed, and an emergency is committed, with the way through", async () => {
    window("deny", true);
    const { stdout, exitCode } = await rollback();
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining("--emergency --reason")]);
    expect(await git.log()).toHaveLength(2);

    const forced = await emergency();
    expect(forced).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("argocd app sync app-dev lets it in"),
    });
    expect(await git.log()).toHaveLength(3);
  });

  test("says that an emergency waits where the window is closed to people too", async () => {
    window("deny", false);
    expect((await emergency()).stdout).toContain("closed to people too");
  });

  test("goes its way while the window is open", async () => {
    window("allow", true);
    const { stdout, exitCode } = await rollback();
    expect([exitCode, stdout]).toEqual([0, expect.not.stringContaining("argocd app sync")]);
  });

  test("goes its way, with a warning, when nobody may see the windows", async () => {
    server.refusals.set(projects, 403);
    const { stderr, exitCode } = await rollback();
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining("warning: windows are not known")]);
  });
});
