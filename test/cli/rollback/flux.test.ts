import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { fluxPaths } from "../../../local/flux/names.ts";
import type { GitRepository, Kustomization } from "../../../local/flux/objects.ts";
import { condition, entry, gitRepository, kustomization, revisionOf, well } from "../../local/flux/flux-objects.ts";
import { startKubernetes } from "../cluster/kubernetes-server.ts";
import type { JsonObject, KubernetesServer } from "../cluster/kubernetes-server.ts";
import { gitops, temporaryFolder } from "../plan/gitops.ts";
import type { Ran } from "../plan/gitops.ts";
import { at, makeRepositories, overlay, overlayFile } from "../recovery/repositories.ts";
import type { Repositories } from "../recovery/repositories.ts";

const person = { GIT_AUTHOR_NAME: "Ann Operator", GIT_AUTHOR_EMAIL: "ann@example.com" };
const paths = {
  kustomization: `${fluxPaths.kustomizations("dev")}/app-dev`,
  source: `${fluxPaths.gitRepositories("dev")}/platform`,
};

let server: KubernetesServer;
let git: Repositories;
let folder: string;
let [good, bad]: readonly string[] = [];

beforeEach(async () => {
  [server, git, folder] = [await startKubernetes(), await makeRepositories(), temporaryFolder()];
  good = await git.commit("Release app 1", { [overlayFile]: overlay("1.0.0") }, at(0));
  bad = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") }, at(60));
});
afterEach(async () => {
  await server.close();
  await git.remove();
});

function give(application: Kustomization, source: GitRepository = gitRepository(bad ?? "")): void {
  server.answers.set(fluxPaths.kustomizations(), { items: [application] });
  server.answers.set(fluxPaths.gitRepositories(), { items: [source] });
  server.answers.set(paths.kustomization, application);
  server.answers.set(paths.source, source);
}

const released = () => well(bad ?? "", entry(good ?? "", 10));
const patches = (): readonly string[] => server.requests.filter((line) => line.startsWith("PATCH"));
const rollback = (...args: readonly string[]): Promise<Ran> => {
  const where = ["--env", "dev", "--kubeconfig", server.kubeconfig, "--directory", git.clone, "--no-render"];
  return gitops(folder, ["rollback", "app", ...where, "--json", ...args], person);
};

describe("gitops rollback where Flux delivers", () => {
  test("reverts what was applied last, and leaves the rest to Flux", async () => {
    give(kustomization({ status: released() }));
    const { stdout, exitCode } = await rollback();
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([0, { action: "rolled-back", reverted: [bad], next: null }]);
    expect(await git.show(overlayFile)).toContain("1.0.0");
    expect(patches()).toEqual([]);
  });

  test("takes back a release that never became healthy", async () => {
    const status = {
      ...well(good ?? ""),
      lastAttemptedRevision: revisionOf(bad ?? ""),
      conditions: [condition("Ready", "False", "HealthCheckFailed", "Canary/dev/app status: 'Failed'")],
      history: [entry(bad ?? "", 40, "HealthCheckFailed"), entry(good ?? "", 10)],
    };
    give(kustomization({ status }));
    expect(JSON.parse((await rollback()).stdout)).toMatchObject({ action: "rolled-back", reverted: [bad] });
  });

  test("says who lets it in where the Kustomization is suspended", async () => {
    give(kustomization({ status: released(), suspend: true }));
    const { stdout, exitCode } = await rollback();
    const next = "Flux has app-dev suspended: a person lets it in (gitops approve app --env dev)";
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([0, { action: "rolled-back", next }]);
    expect(patches()).toEqual([]);
  });

  test("has nothing to get past in an emergency where Flux follows Git, and records it", async () => {
    give(kustomization({ status: released() }));
    const { stdout, exitCode } = await rollback("--emergency", "orders are lost");
    const { commit } = JSON.parse(stdout) as { readonly commit: string };
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([0, { sync: null, next: null, emergency: "orders are lost" }]);
    expect(await git.notes(commit)).toMatchObject([{ action: "rolled-back", emergency: "orders are lost" }]);
  });
});

/** Plays the controllers of Flux: the source has the branch's newest commit when it is asked, and what is resumed is applied. */
function plays(outcome: "True" | "False"): void {
  const requested = (object: JsonObject) => ({
    lastHandledReconcileAt: (object["metadata"] as { annotations: Record<string, string> }).annotations[
      "reconcile.fluxcd.io/requestedAt"
    ],
  });
  let tip = bad ?? "";
  server.onPatch = (path, object) => {
    const { spec, status } = object as unknown as { spec: { suspend?: boolean }; status: object };
    if (path === paths.source && spec.suspend !== true) {
      void git.log().then(([newest]) => {
        tip = newest ?? tip;
        const artifact = { revision: revisionOf(tip) };
        const conditions = [condition("Ready", "True", "Succeeded")];
        server.answers.set(path, { ...object, status: { ...status, ...requested(object), artifact, conditions } });
      });
    }
    if (path === paths.kustomization && spec.suspend === false) {
      const [reason, message] =
        outcome === "True" ? ["Succeeded", "Applied"] : ["HealthCheckFailed", "one is not well"];
      const conditions = [condition("Ready", outcome, reason ?? "", message)];
      const applied = outcome === "True" ? { lastAppliedRevision: revisionOf(tip) } : {};
      server.answers.set(path, { ...object, status: { ...status, ...requested(object), ...applied, conditions } });
    }
  };
}

describe("an emergency where the Kustomization is suspended", () => {
  const emergency = () => rollback("--emergency", "orders are lost");

  beforeEach(() => give(kustomization({ status: released(), suspend: true })));

  test("has Flux apply exactly that commit, records it, and suspends it again", async () => {
    plays("True");
    const { stdout, exitCode } = await emergency();
    const { commit } = JSON.parse(stdout) as { readonly commit: string };
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([
      0,
      { sync: { revision: commit, phase: "Succeeded" }, next: null },
    ]);
    expect(server.answers.get(paths.kustomization)).toMatchObject({ spec: { suspend: true } });
    expect((server.answers.get(paths.source) as GitRepository).spec.suspend).toBeUndefined();
    const asked = { action: "emergency-sync", emergency: "orders are lost", by: "Ann Operator <ann@example.com>" };
    expect(await git.notes(commit)).toMatchObject([
      { action: "rolled-back" },
      asked,
      { ...asked, outcome: "Succeeded", reason: expect.stringContaining("although it is suspended") },
    ]);
  });

  test("fails when it does not become healthy, and it is suspended again", async () => {
    plays("False");
    const { stdout, exitCode } = await emergency();
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining("HealthCheckFailed: one is not well")]);
    expect(server.answers.get(paths.kustomization)).toMatchObject({ spec: { suspend: true } });
  });

  test("says that the commit is made when a right is missing, and goes on there the next time", async () => {
    server.refusals.set(`PATCH ${paths.source}`, 403);
    const refused = await emergency();
    const { commit } = JSON.parse(refused.stdout) as { readonly commit: string };
    expect(refused).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("is refused by the test") });
    server.refusals.clear();
    plays("True");
    const again = await emergency();
    expect(JSON.parse(again.stdout)).toMatchObject({
      action: "nothing",
      sync: { revision: commit, phase: "Succeeded" },
    });
  });
});
