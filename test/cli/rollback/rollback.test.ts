import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";

import { startKubernetes } from "../cluster/kubernetes-server.ts";
import type { KubernetesServer } from "../cluster/kubernetes-server.ts";
import { application, give } from "../cluster/objects.ts";
import { gitops, temporaryFolder } from "../plan/gitops.ts";
import type { Ran } from "../plan/gitops.ts";
import { at, makeRepositories, overlay, overlayFile } from "../recovery/repositories.ts";
import type { Repositories } from "../recovery/repositories.ts";

const person = { GIT_AUTHOR_NAME: "Ann Operator", GIT_AUTHOR_EMAIL: "ann@example.com" };
const base = { "apps/app/base/kustomization.yaml": "configMapGenerator: [{ name: c, literals: [a=b] }]\n" };

let server: KubernetesServer;
let git: Repositories;
let folder: string;
let [first, second, third]: string[] = [];

beforeAll(async () => {
  server = await startKubernetes();
  folder = temporaryFolder();
});
afterAll(() => server.close());

/** Three releases; the second one changes a file of another application too. */
beforeEach(async () => {
  server.answers.clear();
  git = await makeRepositories();
  first = await git.commit("Release app 1", { ...base, [overlayFile]: overlay("1.0.0") }, at(0));
  second = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0"), "apps/other/base/a": "1" }, at(60));
  third = await git.commit("Release app 3", { [overlayFile]: overlay("3.0.0") }, at(120));
  runs(first ?? "", second ?? "", third ?? "");
});
afterEach(() => git.remove());

/** What Argo CD has synced, oldest first. */
function runs(...synced: readonly string[]): void {
  give(server, application({ environment: "dev", revision: synced.at(-1) ?? "", synced, health: "Healthy" }));
}

const run = (...args: readonly string[]): Promise<Ran> =>
  gitops(folder, ["rollback", "app", ...args, "--directory", git.clone], person);

const dev = (...args: readonly string[]): Promise<Ran> =>
  run("--env", "dev", "--kubeconfig", server.kubeconfig, ...args);

async function messageOf(commit: string): Promise<string> {
  await git.git("fetch", "--quiet", "origin");
  return git.git("log", "-1", "--format=%an <%ae> by %cn%n%B", commit);
}

describe("gitops rollback", () => {
  test("reverts what the last sync brought, in the person's name, and records who asked", async () => {
    const { stdout, stderr, exitCode } = await dev("--reason", "wrong prices\nReverted-commit: forged", "--json");
    expect([stderr, exitCode]).toEqual(["", 0]);
    const { commit, ...said } = JSON.parse(stdout) as { readonly commit: string };
    expect(said).toMatchObject({ action: "rolled-back", reverted: [third], revision: third, next: null });

    expect(await git.log()).toEqual([commit, third, second, first]);
    const text = await git.show(overlayFile);
    expect(text).toContain("newTag: 2.0.0");
    expect(text).toContain("gitops.platform/rolled-back-from");
    const message = await messageOf(commit);
    expect(message).toMatch(/^Ann Operator <ann@example.com> by gitops platform\nRoll app back in dev\n/);
    const trailers = (await git.git("log", "-1", "--format=%(trailers:only,unfold)", commit)).trim().split("\n");
    expect(trailers).toEqual([
      "Application: app",
      "Environment: dev",
      `Reverted-commit: ${third}`,
      `Rolled-back-from: ${third}`,
      "Requested-by: Ann Operator <ann@example.com>",
      "Reason: wrong prices Reverted-commit: forged",
    ]);
    expect(await git.notes(commit)).toMatchObject([
      { version: 1, action: "rolled-back", revision: third, by: "Ann Operator <ann@example.com>", reverted: [third] },
    ]);
  });

  test("does nothing twice, and refuses to revert a rollback, with the way on", async () => {
    await dev();
    const [back = ""] = await git.log();
    expect(await dev()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("rolled back already") });
    runs(first ?? "", second ?? "", third ?? "", back);
    const again = await dev();
    expect(again).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("a rollback is never reverted") });
    expect(again.stdout).toContain("--to <revision>");
    expect(await git.log()).toHaveLength(4);
  });

  test("refuses what the automatic rollback refuses: a newer commit, a first deployment", async () => {
    runs(first ?? "", second ?? "");
    expect(await dev()).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("it is next") });
    runs(third ?? "");
    expect(await dev()).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("first deployment") });
    expect(await git.log()).toEqual([third, second, first]);
  });

  test("goes back to any earlier revision, with the files of others left as they are", async () => {
    await git.commit("Change another application", { "apps/other/base/a": "2" }, at(150));
    const { stdout, stderr, exitCode } = await dev("--to", first?.slice(0, 10) ?? "", "--json");
    expect([stderr, exitCode]).toEqual(["", 0]);
    const { commit, reverted } = JSON.parse(stdout) as { readonly commit: string; readonly reverted: string[] };
    expect(reverted).toEqual([third, second]);
    expect(await git.show(overlayFile)).toContain("newTag: 1.0.0");
    expect(await git.show(overlayFile)).toContain(`rolled-back-from: ${third}`);
    expect(await git.show("apps/other/base/a")).toBe("2");
    expect(await messageOf(commit)).toContain(`Restored-revision: ${first}`);

    const again = await dev("--to", first ?? "");
    expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("already") });
    // And forward again: what was rolled back is a revision like any other.
    expect(await dev("--to", third ?? "")).toMatchObject({ exitCode: 0 });
    expect(await git.show(overlayFile)).toContain("newTag: 3.0.0");
  });

  test("refuses a revision that the branch never had, and one without the application", async () => {
    await git.git("checkout", "--quiet", "-b", "side", first ?? "");
    await git.git("commit", "--quiet", "--allow-empty", "--message", "aside");
    const side = await git.git("rev-parse", "HEAD");
    await git.git("push", "--quiet", "origin", "HEAD:side");
    expect(await dev("--to", "nothing-like-it")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("--to"),
    });
    await git.git("push", "--quiet", git.clone, "HEAD:refs/heads/side");
    expect(await dev("--to", side)).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("is not on branch") });

    await git.git("checkout", "--quiet", "-B", "main", "origin/main");
    await git.git("merge", "--quiet", "--no-ff", "--message", "Merge side", "side");
    await git.git("push", "--quiet", "origin", "HEAD:main");
    expect(await dev("--to", side)).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("never pointed at") });
  });

  test("shows what it would commit, and changes nothing", async () => {
    const { stdout, exitCode } = await dev("--dry-run", "--reason", "only looking");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("-  newTag: 3.0.0");
    expect(stdout).toContain("+  newTag: 2.0.0");
    expect(stdout).toContain("Reason: only looking");
    const to = await dev("--dry-run", "--to", first ?? "", "--json");
    expect(JSON.parse(to.stdout)).toMatchObject({
      dryRun: true,
      commit: null,
      preview: { difference: expect.any(String) },
    });
    expect(await git.log()).toEqual([third, second, first]);
  });

  test("records an emergency with its reason, and asks for one", async () => {
    expect(await dev("--emergency")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("<why>") });
    expect(await dev("--emergency", "--reason", "orders are lost")).toMatchObject({ exitCode: 0 });
    const [commit = ""] = await git.log();
    expect(await messageOf(commit)).toContain("Emergency: orders are lost");
    expect(await git.notes(commit)).toMatchObject([{ emergency: "orders are lost" }]);
  });

  test("says that a person has to sync where Argo CD does not by itself", async () => {
    const synced = [first ?? "", second ?? "", third ?? ""];
    give(server, application({ environment: "dev", revision: third ?? "", synced, automated: false }));
    expect((await dev()).stdout).toContain("argocd app sync app-dev");
  });

  test("refuses to commit what does not render", async () => {
    const broken = await git.commit("Break app", { [overlayFile]: "resources: [missing.yaml]\n" }, at(180));
    const mended = await git.commit("Release app 4", { [overlayFile]: overlay("4.0.0") }, at(240));
    runs(first ?? "", broken, mended);
    expect(await dev()).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("does not render") });
    expect(await git.log()).toHaveLength(5);
  });

  test("works from Git alone, and says what is missing", async () => {
    await git.git("push", "--quiet", "origin", "HEAD:refs/heads/develop");
    expect(await run("--env", "dev", "--no-cluster")).toMatchObject({ exitCode: 0 });
    expect(await git.show(overlayFile, "develop")).toContain("newTag: 2.0.0");

    const other = await run("--env", "prod", "--kubeconfig", server.kubeconfig);
    expect(other).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("app in dev") });
    expect(await run("--env", "nowhere")).toMatchObject({ exitCode: 2 });
    const nobody = await gitops(folder, ["rollback", "app", "--env", "dev", "--no-cluster", "--directory", git.clone]);
    expect(nobody).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("user.name") });
  });
});
