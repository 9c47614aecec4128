import { access, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { applicationsPath } from "../../../local/argocd/applications.ts";
import type { ReportedApplication } from "../../../local/receiver/application-report.ts";
import { overlay, overlayFile, report } from "../../cli/recovery/repositories.ts";

import { World } from "./world.ts";

let world: World;
let good: string;
let bad: string;

beforeEach(async () => {
  world = await World.make();
  const base = { "apps/app/base/kustomization.yaml": "configMapGenerator: [{ name: c, literals: [a=b] }]\n" };
  good = await world.git.commit("Release app 1", { ...base, [overlayFile]: overlay("1.0.0") });
  bad = await world.git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") });
});
afterEach(() => world.remove());

const ago = (seconds: number): string => `${new Date(Date.now() - seconds * 1000).toISOString().slice(0, 19)}Z`;

const degraded = (name: string, since: string): ReportedApplication => ({
  metadata: {
    name,
    labels: { "gitops.platform/application": "app", "gitops.platform/environment": "dev" },
    annotations: { "gitops.platform/on-failure": "rollback" },
  },
  spec: {
    destination: { namespace: "dev" },
    source: { repoURL: "file:///platform.git", targetRevision: "main", path: "apps/app/overlays/dev" },
  },
  status: {
    health: { status: "Degraded", lastTransitionTime: since },
    history: [{ revision: good }, { revision: bad }],
    operationState: { phase: "Succeeded", startedAt: ago(300), finishedAt: ago(290), syncResult: { revision: bad } },
  },
});

const actions = async (commit: string | undefined): Promise<unknown[]> =>
  (await world.git.notes(commit ?? "")).map(({ action }) => action);

describe("a receiver that was killed", () => {
  test("handles what waited in its queue after the next start, once", async () => {
    world.silent = true;
    await world.start();
    expect(await world.flaggerSays("Halt app.dev advancement success rate 84.62% < 99%")).toBe(200);
    expect(await world.report(report(bad))).toBe(204);
    await world.until(() => world.requests.includes(`GET ${applicationsPath}/app-dev`));
    await world.kill();
    expect(await world.git.log()).toEqual([bad, good]);
    expect(await world.decisions(`app-dev-degraded-${bad}`)).toEqual([]);

    world.silent = false;
    await world.start();
    const { action, commit, reason } = await world.decision(`app-dev-degraded-${bad}`);
    expect(action).toBe("rolled-back");
    expect(reason).toContain("(success rate 84.62% < 99%)");
    // A report that comes again, for example because Argo CD was killed as well, finds it done.
    expect(await world.report(report(bad))).toBe(204);
    expect(await world.report(report(commit ?? "", { kind: "healthy" }))).toBe(204);
    await world.decision(`app-dev-healthy-${commit}`);
    expect(await world.decisions(`app-dev-degraded-${bad}`)).toHaveLength(1);
    expect(await world.git.log()).toEqual([commit, bad, good]);
    expect(await actions(commit)).toEqual(["rolled-back", "recovered"]);
  }, 120_000);

  test("between the commit and its record writes the record then, and makes no second commit", async () => {
    const [hold, reached] = [join(world.layout.directory, "hold"), join(world.layout.directory, "reached")];
    await writeFile(hold, "");
    const wait = `: > '${reached}'; while [ -e '${hold}' ]; do sleep 0.1; done`;
    const hook = `#!/bin/sh\ncase "$1" in refs/notes/*) ${wait} ;; esac\n`;
    await writeFile(join(world.git.remote, "hooks", "update"), hook, { mode: 0o755 });
    await world.start();
    expect(await world.report(report(bad))).toBe(204);
    await world.until(() =>
      access(reached).then(
        () => true,
        () => false,
      ),
    );
    const [commit, ...before] = await world.git.log();
    expect(before).toEqual([bad, good]);
    await world.kill();

    await world.start();
    await rm(hold);
    await world.decision(`app-dev-degraded-${bad}`);
    expect(await world.git.log()).toEqual([commit, bad, good]);
    expect(await actions(commit)).toEqual(["rolled-back"]);
  }, 120_000);
});

describe("a report that was lost", () => {
  test("is found by the receiver itself, once it is late, and is answered once", async () => {
    const foreign = { ...degraded("foreign", ago(240)), metadata: { name: "foreign" } };
    world.applications = [foreign, degraded("fresh", ago(0)), degraded("app-dev", ago(240))];
    await world.start();
    const { action, commit } = await world.decision(`app-dev-degraded-${bad}`);
    expect(action).toBe("rolled-back");
    const reported = (await world.journal()).filter((entry) => entry.what === "reported");
    const failures = reported.filter(({ id }) => id.includes("-degraded-"));
    expect(failures).toMatchObject([{ id: `app-dev-degraded-${bad}`, via: "sweep" }]);

    // It is still Degraded when the next one looks: until Argo CD has synced, or because it was killed in between.
    const looks = (): number => world.requests.filter((one) => one === `GET ${applicationsPath}`).length;
    const before = looks();
    await world.kill();
    world.applications = [degraded("app-dev", ago(240))];
    await world.start();
    await world.until(() => looks() > before);
    expect(await world.report(report(commit ?? "", { kind: "healthy" }))).toBe(204);
    await world.decision(`app-dev-healthy-${commit}`);
    expect(await world.decisions(`app-dev-degraded-${bad}`)).toHaveLength(1);
    expect(await world.git.log()).toEqual([commit, bad, good]);
  }, 120_000);
});

describe("a sync that has ended", () => {
  const deployed = async (): Promise<readonly Record<string, unknown>[]> =>
    (await world.git.notes(bad)).filter(({ action }) => action === "deployed");
  const facts = { phase: "Succeeded", startedAt: "2026-03-02T10:00:00Z", initiatedBy: "deployer" };
  const finishedAt = "2026-03-02T10:00:07Z";

  test("is recorded once, however often it is reported, also across a kill; another sync is another record", async () => {
    await world.start();
    const sync = report(bad, { kind: "synced", ...facts, finishedAt });
    expect(await world.report(sync)).toBe(204);
    await world.until(async () => (await deployed()).length > 0);
    await world.kill();
    // As after the folder of what was handled was lost.
    await rm(join(world.layout.directory, "receiver", "handled"), { recursive: true });
    await world.start();
    expect(await world.report(sync)).toBe(204);
    const again = { ...facts, startedAt: "2026-03-02T11:00:00Z", finishedAt: "2026-03-02T11:00:09Z" };
    expect(await world.report(report(bad, { kind: "synced", ...again, phase: "Failed", automated: true }))).toBe(204);
    await world.until(async () => (await deployed()).length > 1);
    expect(await deployed()).toMatchObject([
      { outcome: "Succeeded", seconds: 7, by: "deployer", revision: bad, environment: "dev" },
      { outcome: "Failed", seconds: 9 },
    ]);
    expect((await deployed())[1]).not.toHaveProperty("by");
  }, 120_000);

  test("is found by the receiver itself when its report was lost", async () => {
    world.applications = [degraded("app-dev", ago(0))];
    await world.start();
    await world.until(async () => (await deployed()).length > 0);
    expect(await deployed()).toMatchObject([{ application: "app", outcome: "Succeeded", seconds: 10 }]);
    const reported = (await world.journal()).filter(({ what }) => what === "reported");
    expect(reported).toEqual([expect.objectContaining({ via: "sweep" })]);
  }, 120_000);
});
