import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";

import type { HistoryDocument } from "../../../cli/history/model.ts";
import { addRecord } from "../../../cli/recovery/notes.ts";
import { startKubernetes } from "../cluster/kubernetes-server.ts";
import type { KubernetesServer } from "../cluster/kubernetes-server.ts";
import { application, canariesPath, canary, give } from "../cluster/objects.ts";
import { gitops, temporaryFolder, writeFiles } from "../plan/gitops.ts";
import { at, makeRepositories, overlay, overlayFile, report } from "../recovery/repositories.ts";
import type { Repositories } from "../recovery/repositories.ts";

let server: KubernetesServer;
let git: Repositories;
let folder: string;
let [good, bad, back, next]: string[] = [];

beforeAll(async () => {
  server = await startKubernetes();
  folder = temporaryFolder();
});
afterAll(() => server.close());

/** A good release, a bad one, the platform's rollback of it, something else, and a release that is not synced yet. */
beforeEach(async () => {
  server.answers.clear();
  git = await makeRepositories();
  const base = { "apps/app/base/kustomization.yaml": "resources: []\n" };
  good = await git.commit(
    "Release app 1\n\nApproved-by: Ann Approver",
    { ...base, [overlayFile]: overlay("1") },
    at(0),
  );
  bad = await git.commit("Release app 2", { [overlayFile]: overlay("2") }, at(60));
  writeFiles(folder, { "event.json": JSON.stringify(report(bad, { deployed: [good, bad] })) });
  const args = ["on-failure", "--event", "event.json", "--directory", git.clone, "--no-render"];
  expect(await gitops(folder, args)).toMatchObject({ exitCode: 0 });
  back = (await git.log())[0];
  await git.commit("Change another application", { "apps/other/base/a.yaml": "a: 1\n" }, at(120));
  next = await git.commit("Release app 3", { [overlayFile]: overlay("3") }, at(180));
  await git.git("push", "--quiet", "origin", "HEAD:refs/heads/develop");
});
afterEach(() => git.remove());

const run = (...args: readonly string[]) => gitops(folder, ["history", ...args, "--directory", git.clone]);

async function json(...args: readonly string[]): Promise<HistoryDocument> {
  const { stdout, stderr, exitCode } = await run(...args, "--json");
  expect([stderr, exitCode]).toEqual(["", 0]);
  return JSON.parse(stdout) as HistoryDocument;
}

/** Writes an approval into the note of a commit, as `gitops approve` does. */
async function approved(commit: string, time: Date): Promise<void> {
  const workspace = { repository: git.clone };
  const facts = { action: "approved", application: "app", environment: "dev", revision: commit, reason: "looks right" };
  const by = "Bo Approver <bo@example.com>";
  await addRecord(workspace, commit, { version: 1, time: time.toISOString(), ...facts, by, waitedFor: "sync" });
}

const commitsOf = ({ deployments }: HistoryDocument): readonly string[] => deployments.map(({ revision }) => revision);

describe("gitops history", () => {
  test("tells every deployment from Git, its notes and Argo CD", async () => {
    const synced = [good ?? "", bad ?? "", back ?? ""];
    give(server, application({ environment: "dev", revision: next ?? "", synced, sync: "OutOfSync" }));
    server.answers.set(canariesPath("dev"), { items: [canary("app", "dev", { phase: "Succeeded" })] });

    const history = await json("app", "--env", "dev", "--kubeconfig", server.kubeconfig);
    expect(history.warnings).toEqual([]);
    expect(commitsOf(history)).toEqual([next, back, bad, good]);
    const [third, rollback, second, first] = history.deployments;
    expect(third).toMatchObject({
      outcome: "waiting",
      sync: null,
      kind: "release",
      author: "A Person",
      analysis: null,
    });
    expect(rollback).toMatchObject({
      kind: "rollback",
      author: "gitops platform",
      outcome: "running",
      takesBack: [bad],
      analysis: "succeeded",
      records: [{ action: "rolled-back", revision: bad }],
      sync: { revision: back, seconds: 7, by: null },
    });
    expect(second).toMatchObject({ outcome: "rolled-back", rolledBackBy: back, analysis: "failed" });
    expect(first).toMatchObject({ outcome: "replaced", approvals: [{ by: "Ann Approver", how: "commit" }] });

    const { stdout } = await run("app", "--env", "dev", "--kubeconfig", server.kubeconfig);
    expect(stdout).toContain(`rolled-back by ${back?.slice(0, 7)}`);
    expect(stdout).toContain("Ann Approver");
    expect(stdout).not.toContain("\u001b");
  });

  test("tells who synced by hand", async () => {
    const item = application({ environment: "dev", revision: good ?? "" }) as { status: { history: object[] } };
    item.status.history = [
      { id: 4, revision: good, deployedAt: "2026-03-02T10:01:00Z", initiatedBy: { username: "bo" } },
    ];
    give(server, item);
    const { deployments } = await json("app", "--env", "dev", "--kubeconfig", server.kubeconfig);
    expect(deployments.find(({ revision }) => revision === good)).toMatchObject({
      sync: { seconds: null, by: "bo" },
      approvals: [{ by: "Ann Approver" }, { by: "bo", how: "sync" }],
    });
  });

  test("does not take the oldest sync that is remembered for the one that brought what is older", async () => {
    const item = application({ environment: "dev", revision: next ?? "" }) as { status: { history: object[] } };
    item.status.history = [{ id: 9, revision: next, deployedAt: "2026-03-02T10:09:00Z" }];
    give(server, item);
    const { deployments } = await json("app", "--env", "dev", "--kubeconfig", server.kubeconfig);
    expect(deployments.map(({ sync, outcome }) => [sync?.revision, outcome])).toEqual([
      [next, "running"],
      [undefined, "replaced"],
      [undefined, "rolled-back"],
      [undefined, "replaced"],
    ]);
  });

  test("tells from the records alone who approved, how each sync ended and what runs", async () => {
    const record = async (revision: string, more: object): Promise<void> => {
      const fields = { kind: "synced", phase: "Succeeded", ...more };
      writeFiles(folder, { "event.json": JSON.stringify(report(revision, fields)) });
      const args = ["on-deployed", "--event", "event.json", "--directory", git.clone];
      expect(await gitops(folder, args)).toMatchObject({ exitCode: 0 });
    };
    const sync = (minute: number, seconds: number) => {
      const [startedAt, finishedAt] = [at(minute * 60), at(minute * 60 + seconds)].map((time) => time.toISOString());
      return { startedAt, finishedAt };
    };
    const [other] = (await git.log()).slice(1);
    await record(good ?? "", { ...sync(1, 5), automated: true });
    await record(bad ?? "", { ...sync(2, 6), automated: true });
    // One of another application, which brings the rollback: it fails, and then it does not.
    await record(other ?? "", { ...sync(4, 9), phase: "Failed", initiatedBy: "deployer" });
    await record(other ?? "", { ...sync(5, 8), initiatedBy: "deployer" });
    await approved(other ?? "", at(230));

    const { deployments } = await json("app", "--env", "dev", "--no-cluster");
    expect(deployments.map(({ outcome, sync: one }) => [outcome, one?.seconds, one?.by])).toEqual([
      ["waiting", undefined, undefined],
      ["running", 8, "deployer"],
      ["rolled-back", 6, null],
      ["replaced", 5, null],
    ]);
    const [, rollback] = deployments;
    expect(rollback).toMatchObject({
      sync: { revision: other },
      syncs: [
        { outcome: "Failed", seconds: 9 },
        { outcome: "Succeeded", seconds: 8, by: "deployer" },
      ],
      approvals: [{ by: "Bo Approver <bo@example.com>", how: "note", reason: "looks right" }],
    });
    expect(deployments[0]).toMatchObject({ syncs: [], approvals: [] });
    const { stdout } = await run("app", "--env", "dev", "--no-cluster");
    expect(stdout).toMatch(/running.*8 s/);

    // Argo CD remembers one of them as well: it is told once, and what it has forgotten still is.
    const item = application({ environment: "dev", revision: next ?? "" }) as { status: { history: object[] } };
    const { startedAt: deployStartedAt, finishedAt: deployedAt } = sync(5, 7);
    item.status.history = [
      { id: 9, revision: other, deployStartedAt, deployedAt, initiatedBy: { username: "deployer" } },
    ];
    give(server, item);
    const both = await json("app", "--env", "dev", "--kubeconfig", server.kubeconfig);
    expect(both.deployments.map(({ outcome, sync: one }) => [outcome, one?.seconds])).toEqual([
      ["waiting", undefined],
      ["running", 7],
      ["rolled-back", 6],
      ["replaced", 5],
    ]);
  });

  test("shows a sync that failed where nothing newer runs", async () => {
    const times = { startedAt: at(300).toISOString(), finishedAt: at(310).toISOString() };
    const fields = { kind: "synced", phase: "Failed", message: "quota exceeded", ...times };
    writeFiles(folder, { "event.json": JSON.stringify(report(next ?? "", fields)) });
    await gitops(folder, ["on-deployed", "--event", "event.json", "--directory", git.clone]);
    const { stdout } = await run("app", "--env", "dev", "--no-cluster");
    expect(stdout).toMatch(/Release app 3.*sync failed/s);
  });

  test("survives without a cluster, from the branch of the environment's profile, and says so", async () => {
    const history = await json("app", "--env", "dev", "--local", folder, "--remote", "origin");
    expect(history.warnings).toEqual([expect.stringContaining("npm start")]);
    expect(commitsOf(history)).toEqual([next, back, bad, good]);
    expect(history.deployments.map(({ outcome }) => outcome)).toEqual(["unknown", "unknown", "rolled-back", "unknown"]);
    const alone = await json("app", "--env", "dev", "--no-cluster", "--limit", "1");
    expect([commitsOf(alone), alone.warnings]).toEqual([[next], []]);
  });

  test("passes an environment over whose branch the remote has not, with a warning", async () => {
    const history = await json("app", "--env", "dev", "--env", "staging", "--no-cluster");
    expect(history.warnings).toEqual([expect.stringContaining("staging")]);
    expect(history.deployments).toHaveLength(4);
  });

  test("refuses with 2 what is not there", async () => {
    const unknown = await run("web", "--env", "dev", "--no-cluster");
    expect(unknown).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("apps/web") });
    expect(await gitops(folder, ["history", "app", "--no-cluster"])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("no clone"),
    });
    const remote = await run("app", "--remote", "nowhere");
    expect(remote).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("it has: origin") });
    expect(await run("app", "--limit", "0")).toMatchObject({ exitCode: 2 });
  });
});
