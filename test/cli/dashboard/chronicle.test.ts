import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import type { DeploymentDiff } from "../../../cli/dashboard/model.ts";
import { startKubernetes } from "../cluster/kubernetes-server.ts";
import type { KubernetesServer } from "../cluster/kubernetes-server.ts";
import { application, give } from "../cluster/objects.ts";
import { gitops, temporaryFolder } from "../plan/gitops.ts";
import { at, makeRepositories, overlay, overlayFile } from "../recovery/repositories.ts";
import type { Repositories } from "../recovery/repositories.ts";

import { signIn, startDashboard } from "./support/dashboard.ts";
import type { Browser, Dashboard } from "./support/dashboard.ts";

let server: KubernetesServer;
let git: Repositories;
let folder: string;
let dashboard: Dashboard;
let browser: Browser;
let [first, second, third]: string[] = [];

beforeAll(async () => {
  server = await startKubernetes();
  folder = temporaryFolder();
  git = await makeRepositories();
  const files = { [overlayFile]: overlay("1"), "apps/app/base/old.yaml": "a: 1\nb: 2\nc: 3\nd: 4\n" };
  first = await git.commit("Release app 1", files, at(0));
  second = await git.commit(
    "Release app 2\n\nWhy it is there.\n\nApproved-by: Ann",
    { [overlayFile]: overlay("2"), "apps/other/base/a.yaml": "a: 1\n", "apps/app/overlays/prod/a.yaml": "b: 1\n" },
    at(60),
  );
  give(server, application({ environment: "dev", revision: second, synced: [first, second] }));
  dashboard = await startDashboard(folder, ["--kubeconfig", server.kubeconfig, "--directory", git.clone]);
  browser = await signIn(dashboard);
});
afterAll(async () => {
  await dashboard?.interrupt();
  await git.remove();
  await server.close();
});

async function diff(path: string): Promise<DeploymentDiff> {
  const answer = await browser.get(`/api/diff/${path}`);
  expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
  return answer.json() as DeploymentDiff;
}

describe("the history of the page", () => {
  test("is that of gitops history", async () => {
    const where = ["--kubeconfig", server.kubeconfig, "--directory", git.clone];
    const { stdout } = await gitops(folder, ["history", "app", "--env", "dev", "--json", ...where]);
    const answer = await browser.get("/api/history/app?env=dev");
    expect(answer.json()).toEqual(JSON.parse(stdout));
    const one = (await browser.get("/api/history/app?env=dev&limit=1")).json();
    expect(one).toMatchObject({ deployments: [{ revision: second }] });
  });

  test.each([
    "/api/history/..%2fx",
    "/api/history/app?env=live",
    "/api/history/app?limit=0",
    "/api/history/app?limit=x",
  ])("%s is refused", async (path) => expect((await browser.get(path)).status).toBe(400));
});

describe("the difference of a deployment", () => {
  test("has the application's own files, and nothing of others", async () => {
    const found = await diff(`dev/app/${second}`);
    expect(found).toMatchObject({
      base: first,
      revision: second,
      subject: "Release app 2",
      body: "Why it is there.\n\nApproved-by: Ann",
      author: "A Person",
      time: at(60).toISOString(),
      truncated: false,
    });
    expect(found.files).toEqual([
      {
        path: overlayFile,
        previousPath: null,
        status: "modified",
        additions: 1,
        deletions: 1,
        binary: false,
        truncated: false,
        patch: expect.stringMatching(/^@@ -6,4 \+6,4 @@.*\n( .*\n)+-  newTag: 1\n\+  newTag: 2\n$/),
      },
    ]);
  });

  test("of the first commit is everything, and that against a base what lies between", async () => {
    const whole = await diff(`dev/app/${first?.slice(0, 8)}`);
    expect(whole).toMatchObject({ revision: first, base: null });
    expect(whole.files.map(({ status }) => status)).toEqual(["added", "added"]);
    const back = await diff(`dev/app/${first}?base=${second}`);
    expect(back.base).toBe(second);
    expect(back.files[0]?.patch).toContain("-  newTag: 2\n+  newTag: 1");
  });

  test("is there for what was pushed since, with what was renamed, deleted or is no text", async () => {
    const text = "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n";
    third = await git.commit(
      "Move",
      { "apps/app/base/old.yaml": null, "apps/app/base/new.yaml": text, "apps/app/base/x.bin": "\u0000\u0001" },
      at(120),
    );
    const { files } = await diff(`dev/app/${third}`);
    expect(files).toMatchObject([
      { path: "apps/app/base/new.yaml", previousPath: "apps/app/base/old.yaml", status: "renamed", additions: 1 },
      { path: "apps/app/base/x.bin", status: "added", binary: true, patch: "" },
    ]);
  });

  test("is not told of commits that are on no branch of the environment, nor of what is no commit", async () => {
    await git.git("checkout", "--quiet", "-b", "secret");
    await git.git("commit", "--quiet", "--allow-empty", "--message", "Secret");
    await git.git("push", "--quiet", "origin", "secret");
    const hidden = await git.git("rev-parse", "HEAD");
    expect((await browser.get(`/api/diff/dev/app/${hidden}`)).status).toBe(404);
    expect((await browser.get(`/api/diff/dev/app/${"0".repeat(40)}`)).status).toBe(404);
    for (const path of ["dev/app/HEAD", "dev/app/--all", "live/app/1234567", "dev/APP/1234567"]) {
      expect((await browser.get(`/api/diff/${path}`)).status).toBe(400);
    }
  });
});
