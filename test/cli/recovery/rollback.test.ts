import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { handleEvent } from "../../../cli/recovery/index.ts";
import type { Decision, RecoveryEvent, RecoveryOptions } from "../../../cli/recovery/index.ts";

import { at, makeRepositories, overlay, overlayFile, report } from "./repositories.ts";
import type { Repositories } from "./repositories.ts";

let git: Repositories;
let good: string;

beforeEach(async () => {
  git = await makeRepositories();
  const base = { "apps/app/base/deployment.yaml": "replicas: 1\n", "apps/other/overlays/dev/a.yaml": "a: 1\n" };
  good = await git.commit("Release app 1", { ...base, [overlayFile]: overlay("1.0.0") }, at(-1000));
});

afterEach(() => git.remove());

const handle = (event: RecoveryEvent, options: Partial<RecoveryOptions> = {}): Promise<readonly Decision[]> =>
  handleEvent(event, { repository: git.clone, now: () => at(600), ...options });

async function only(event: RecoveryEvent, options: Partial<RecoveryOptions> = {}): Promise<Decision> {
  const decisions = await handle(event, options);
  expect(decisions).toHaveLength(1);
  return decisions[0] as Decision;
}

describe("a rollback", () => {
  test("takes the release back on the branch, says why, and annotates the pod template", async () => {
    const bad = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") });
    const decision = await only(report(bad, { deployed: [good, bad], link: "https://argocd.example.com/app-dev" }));

    expect(decision).toMatchObject({ action: "rolled-back", needsPerson: false, reverted: [bad] });
    expect(await git.log()).toEqual([decision.commit, bad, good]);
    const text = await git.show(overlayFile);
    expect(text).toContain("newTag: 1.0.0");
    expect(text).toContain("# moves with each release");
    expect(text).toContain(`gitops.platform/rolled-back-from: "${bad}"`.replaceAll('"', text.includes('"') ? '"' : ""));
    // Nothing but the tag and the patch differs from what was there before.
    expect(text.startsWith(overlay("1.0.0"))).toBe(true);

    await git.git("fetch", "--quiet", "origin");
    const message = await git.git("log", "-1", "--format=%an%n%B", "origin/main");
    expect(message).toMatch(/^gitops platform\n/);
    expect(message).toContain("Canary analysis failed");
    expect(message).toContain("https://argocd.example.com/app-dev");
    expect(message).toContain(`https://git.example.com/example/platform/commit/${bad}`);
    const trailers = await git.git("log", "-1", "--format=%(trailers:only,unfold)", "origin/main");
    expect(trailers.trim().split("\n")).toEqual([
      "Application: app",
      "Environment: dev",
      `Reverted-commit: ${bad}`,
      `Rolled-back-from: ${bad}`,
    ]);
    expect(await git.notes(decision.commit ?? "")).toMatchObject([
      { version: 1, action: "rolled-back", application: "app", environment: "dev", revision: bad, reverted: [bad] },
    ]);
  });

  test("says what the analysis found, in its reason, its record and the commit", async () => {
    const bad = await git.commit("Release app 3", { [overlayFile]: overlay("3.0.0") });
    const analysis = "success rate 84.62% < 99%";
    const [decision] = await handleEvent(report(bad, { analysis }), { repository: git.clone, now: () => at(100) });
    expect(decision?.reason).toContain(`app-dev is Degraded on ${bad.slice(0, 7)} (${analysis}): `);
    expect(await git.notes(decision?.commit ?? "")).toMatchObject([
      { action: "rolled-back", reason: decision?.reason },
    ]);
    await git.git("fetch", "--quiet", "origin");
    const message = await git.git("log", "-1", "--format=%B", decision?.commit ?? "");
    expect(message).toContain(`after the sync of ${bad.slice(0, 7)}. Flagger found: ${analysis}.`);
  });

  test("takes back only the application's part of a commit, and says what it left", async () => {
    const other = "apps/other/overlays/dev/a.yaml";
    const prod = "apps/app/overlays/prod/kustomization.yaml";
    const files = { [overlayFile]: overlay("2.0.0"), [other]: "a: 2\n", [prod]: overlay("9") };
    const bad = await git.commit("Release everything", files);
    expect(await only(report(bad))).toMatchObject({ action: "rolled-back" });
    expect(await git.show(overlayFile)).toContain("newTag: 1.0.0");
    expect(await git.show(other)).toBe("a: 2");
    expect(await git.show(prod)).toContain("newTag: 9");
    await git.git("fetch", "--quiet", "origin");
    const message = await git.git("log", "-1", "--format=%B", "origin/main");
    expect(message).toContain(other);
    expect(message).toContain(prod);
  });

  test("takes every commit of one deployment back, in one commit", async () => {
    const first = await git.commit("Change the base", { "apps/app/base/deployment.yaml": "replicas: 2\n" });
    await git.commit("Something of others", { "apps/other/overlays/dev/a.yaml": "a: 3\n" });
    const second = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") });
    const decision = await only(report(second, { deployed: [good] }));
    expect(decision.reverted).toEqual([second, first]);
    expect(await git.show("apps/app/base/deployment.yaml")).toBe("replicas: 1");
    expect(await git.show("apps/other/overlays/dev/a.yaml")).toBe("a: 3");
  });

  test("takes a merge back as the one change that it was on the branch", async () => {
    const side = await git.commit("On the side", { [overlayFile]: overlay("2.0.0") });
    await git.git("checkout", "--quiet", "-B", "main", good);
    await git.git("merge", "--quiet", "--no-ff", "--message", "Merge the side", side);
    await git.git("push", "--quiet", "--force", "origin", "main");
    const merge = await git.git("rev-parse", "HEAD");
    expect(await git.git("show", "--no-patch", "--format=%P", merge)).toMatch(/ /);
    expect(await only(report(merge))).toMatchObject({ action: "rolled-back", reverted: [merge] });
    expect(await git.show(overlayFile)).toContain("newTag: 1.0.0");
  });

  test("of a deleted file brings it back", async () => {
    const bad = await git.commit("Tidy", { "apps/app/base/deployment.yaml": null });
    expect(await only(report(bad))).toMatchObject({ action: "rolled-back" });
    expect(await git.show("apps/app/base/deployment.yaml")).toBe("replicas: 1");
  });

  test("replaces the annotation of an earlier one, so that it always is another pod template", async () => {
    const bad = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") });
    const first = await only(report(bad, { deployed: [good] }));
    const rolledBack = await git.show(overlayFile);
    const again = await git.commit("Release app 3", { [overlayFile]: rolledBack.replace("1.0.0", "3.0.0") }, at(900));
    const deployed = [good, bad, first.commit];
    const second = await only(report(again, { deployed }), { now: () => at(1800) });
    expect(second).toMatchObject({ action: "rolled-back", reverted: [again] });
    const text = await git.show(overlayFile);
    expect(text).toBe(rolledBack.replace(bad, again));
  });
});

describe("a rollback is refused", () => {
  test("twice for one revision: the second report changes nothing", async () => {
    const bad = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") });
    const { commit = "" } = await only(report(bad));
    const before = await git.log();
    expect(await only(report(bad))).toMatchObject({ action: "nothing" });
    expect(await git.log()).toEqual(before);
    expect(await git.notes(commit)).toHaveLength(1);
  });

  test("of a rollback, and the rollback is recorded as one that did not help", async () => {
    const bad = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") });
    const { commit = "" } = await only(report(bad));
    const decisions = await handle(report(commit, { deployed: [good, bad] }), { now: () => at(900) });
    expect(decisions.map(({ action }) => action)).toEqual(["not-recovered", "refused"]);
    expect(decisions[1]).toMatchObject({ needsPerson: true, reason: expect.stringContaining("never reverted") });
    expect((await git.log())[0]).toBe(commit);
    const actions = (await git.notes(commit)).map(({ action }) => action);
    expect(actions).toEqual(["rolled-back", "not-recovered", "refused"]);
  });

  test("while a newer commit for the application is on the branch", async () => {
    const bad = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") });
    const fix = await git.commit("Release app 3", { [overlayFile]: overlay("3.0.0") });
    const decision = await only(report(bad));
    expect(decision).toMatchObject({ action: "refused", needsPerson: false });
    expect(decision.reason).toContain(fix.slice(0, 7));
    expect((await git.log())[0]).toBe(fix);
  });

  test("not because of newer commits for others", async () => {
    const bad = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") });
    await git.commit("Something of others", { "apps/other/overlays/dev/a.yaml": "a: 3\n" });
    expect(await only(report(bad))).toMatchObject({ action: "rolled-back" });
  });

  test("soon after another one", async () => {
    const bad = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") });
    await only(report(bad));
    const again = await git.commit("Release app 3", { [overlayFile]: overlay("3.0.0") }, at(610));
    const limits = { minimumInterval: 60 };
    expect(await only(report(again), { limits, now: () => at(630) })).toMatchObject({
      action: "refused",
      needsPerson: true,
    });
    expect(await only(report(again), { limits, now: () => at(670) })).toMatchObject({ action: "rolled-back" });
  });

  test("when the failure came long after the sync", async () => {
    const bad = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") });
    const event = { finishedAt: at(0).toISOString(), since: at(7201).toISOString() };
    expect(await only(report(bad, event), { now: () => at(7202) })).toMatchObject({
      action: "refused",
      needsPerson: true,
    });
  });

  test("when the deployment changed nothing of the application itself", async () => {
    const shared = await git.commit("Change a component", { "apps/components/canary/c.yaml": "c: 1\n" });
    const decision = await only(report(shared, { deployed: [good] }));
    // Argo CD's history may hold only revisions with the same files; then the last release is what there is.
    expect(decision.action).not.toBe("rolled-back");
    expect((await git.log())[0]).toBe(shared);
  });

  test("of the first release, before which there is nothing", async () => {
    const files = { "apps/new/overlays/dev/kustomization.yaml": overlay("1") };
    const first = await git.commit("Add new", files);
    const event = report(first, { name: "new-dev", application: "new", path: "apps/new/overlays/dev" });
    expect(await only(event)).toMatchObject({ action: "refused", needsPerson: true });
    expect((await git.log())[0]).toBe(first);
  });

  test("of the first deployment to a cluster, however long the history is", async () => {
    const bad = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") });
    for (const deployed of [[], [bad], [bad, bad]]) {
      const decision = await only(report(bad, { deployed }));
      expect(decision).toMatchObject({
        action: "refused",
        needsPerson: true,
        reason: expect.stringContaining("first"),
      });
    }
    expect((await git.log())[0]).toBe(bad);
  });

  test("when the branch was rewritten", async () => {
    const bad = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") });
    await git.git("push", "--quiet", "--force", "origin", `${good}:refs/heads/main`);
    expect(await only(report(bad))).toMatchObject({ action: "refused", needsPerson: true });
  });

  test("on a conflict, which leaves the branch as it is", async () => {
    // The platform's own switch came between: it is no release, and touched the same line.
    const file = "apps/app/overlays/dev/flags.json";
    const bad = await git.commit("Release app 2", { [file]: "one\n", [overlayFile]: overlay("2.0.0") });
    const trailers = "Application: app\nEnvironment: dev\nFlag: f\nDegraded-mode: on";
    const platform = await git.commit(`Switch\n\n${trailers}`, { [file]: "two\n" });
    const decision = (await handle(report(platform, { deployed: [good] }))).at(-1);
    expect(decision).toMatchObject({ action: "refused", needsPerson: true, reason: expect.stringContaining(file) });
    expect((await git.log())[0]).toBe(platform);
    expect(bad).not.toBe(platform);
  });

  test("when the overlay would not render", async () => {
    const bad = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") });
    const render = () => Promise.reject(new Error("no such base"));
    const decision = await only(report(bad), { render });
    expect(decision).toMatchObject({
      action: "refused",
      needsPerson: true,
      reason: expect.stringContaining("no such base"),
    });
    expect((await git.log())[0]).toBe(bad);
  });
});

describe("a branch that moves while the platform works", () => {
  test("for others is rebuilt upon, without force", async () => {
    const bad = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") });
    let meanwhile = "";
    const render = async () => {
      meanwhile ||= await git.commit("Something of others", { "apps/other/overlays/dev/a.yaml": "a: 9\n" });
    };
    const decision = await only(report(bad), { render });
    expect(decision.action).toBe("rolled-back");
    expect(await git.log()).toEqual([decision.commit, meanwhile, bad, good]);
  });

  test("for this application ends the rollback", async () => {
    const bad = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") });
    let meanwhile = "";
    const render = async () => {
      meanwhile ||= await git.commit("Release app 3", { [overlayFile]: overlay("3.0.0") });
    };
    expect(await only(report(bad), { render })).toMatchObject({ action: "refused", needsPerson: false });
    expect(await git.log()).toEqual([meanwhile, bad, good]);
  });

  test("all the time is left alone after some tries", async () => {
    const bad = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") });
    let count = 0;
    const render = async () => {
      count += 1;
      await git.commit("Something of others", { "apps/other/overlays/dev/a.yaml": `a: ${count}\n` });
    };
    expect(await only(report(bad), { render })).toMatchObject({ action: "refused", needsPerson: true });
    expect(await git.show(overlayFile)).toContain("newTag: 2.0.0");
  });
});
