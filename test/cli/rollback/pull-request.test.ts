import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { startKubernetes } from "../cluster/kubernetes-server.ts";
import type { KubernetesServer } from "../cluster/kubernetes-server.ts";
import { application, give } from "../cluster/objects.ts";
import { gitops, temporaryFolder } from "../plan/gitops.ts";
import type { Ran } from "../plan/gitops.ts";
import { at, makeRepositories, overlay, overlayFile } from "../recovery/repositories.ts";
import type { Repositories } from "../recovery/repositories.ts";
import { startGitHubPulls } from "../repository/github-pulls.ts";
import type { GitHubPulls } from "../repository/github-pulls.ts";

const person = { GIT_AUTHOR_NAME: "Ann Operator", GIT_AUTHOR_EMAIL: "ann@example.com" };

let server: KubernetesServer;
let github: GitHubPulls;
let git: Repositories;
let folder: string;
let [first, second]: string[] = [];

beforeEach(async () => {
  [server, github, git] = [await startKubernetes(), await startGitHubPulls(), await makeRepositories()];
  folder = temporaryFolder();
  first = await git.commit("Release app 1", { [overlayFile]: overlay("1.0.0") }, at(0));
  second = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") }, at(60));
  give(server, application({ environment: "dev", revision: second, synced: [first, second] }));
});
afterEach(async () => {
  await server.close();
  await github.close();
  await git.remove();
});

const rollback = (args: readonly string[], env: object = github.environment): Promise<Ran> => {
  const where = ["--env", "dev", "--kubeconfig", server.kubeconfig, "--directory", git.clone, "--no-render"];
  return gitops(folder, ["rollback", "app", ...where, ...args], { ...person, ...env });
};
const onGitHub = ["--host", "github"];
const head = (): string => `rollback/app-dev-${second?.slice(0, 7)}`;

describe("gitops rollback, on GitHub", () => {
  test("proposes the rollback in one pull request, with why, links and trailers", async () => {
    const { stdout, stderr, exitCode } = await rollback([...onGitHub, "--reason", "wrong prices", "--json"]);
    expect([stderr, exitCode]).toEqual(["", 0]);
    expect(JSON.parse(stdout)).toMatchObject({
      action: "proposed",
      pullRequest: { number: 1, outcome: "created" },
      next: expect.stringContaining("merges https://github.com/example/platform/pull/1"),
    });
    expect(github.pulls).toMatchObject([{ head: head(), base: "main", title: "Roll app back in dev" }]);
    const body = github.pulls[0]?.body ?? "";
    for (const words of [
      "The reason: wrong prices",
      `Revision: https://git.example.com/example/platform/commit/${second}`,
      `Reverted-commit: ${second}`,
      "Requested-by: Ann Operator <ann@example.com>",
    ]) {
      expect(body).toContain(words);
    }
    expect(await git.show(overlayFile, head())).toContain("newTag: 1.0.0");
    expect(await git.log()).toEqual([second, first]);

    const again = await rollback([...onGitHub, "--reason", "wrong prices"]);
    expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("unchanged") });
    expect(github.pulls).toHaveLength(1);
    // Once, at the revision that shall go: the commit of a pull request may never be merged.
    const notes = await git.notes(second ?? "");
    expect(notes).toMatchObject([{ action: "rollback-proposed", reason: expect.stringContaining("/pull/1") }]);
    expect(notes).toHaveLength(1);
  });

  test("does not overwrite what people added to its branch", async () => {
    await rollback(onGitHub);
    await git.git("fetch", "--quiet", "origin");
    await git.git("checkout", "--quiet", "-B", "mine", `origin/${head()}`);
    await git.git("rm", "--quiet", overlayFile);
    await git.git("commit", "--quiet", "--message", "Take all of it away");
    await git.git("push", "--quiet", "origin", `HEAD:refs/heads/${head()}`);
    const other = await rollback([...onGitHub, "--to", first ?? ""]);
    expect(other).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("A Person") });
  });

  test("pushes with --push, and writes nothing with --dry-run", async () => {
    expect(await rollback([...onGitHub, "--dry-run"])).toMatchObject({ exitCode: 0 });
    expect(await git.log()).toHaveLength(2);
    expect(await rollback([...onGitHub, "--push"])).toMatchObject({ exitCode: 0 });
    expect(await git.log()).toHaveLength(3);
    expect(github.pulls).toEqual([]);
  });

  test("refuses what it cannot do with 2", async () => {
    const plain = await rollback(["--pull-request"]);
    expect(plain).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("plain Git") });
    const both = await rollback(["--pull-request", "--push"]);
    expect(both).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("cannot be used with") });
    const nobody = await rollback(onGitHub, {});
    expect(nobody).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("GITHUB_TOKEN") });
    expect(await git.log()).toHaveLength(2);
  });
});
