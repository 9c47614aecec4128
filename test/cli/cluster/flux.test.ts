import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { fluxPaths } from "../../../local/flux/names.ts";
import { condition, gitRepository, kustomization, revisionOf } from "../../local/flux/flux-objects.ts";
import { startCluster } from "../approve/api-server.ts";
import type { Cluster } from "../approve/api-server.ts";
import { gitops, temporaryFolder } from "../plan/gitops.ts";
import type { Ran } from "../plan/gitops.ts";
import { at, makeRepositories, overlay } from "../recovery/repositories.ts";
import type { Repositories } from "../recovery/repositories.ts";

const person = { GIT_AUTHOR_NAME: "Ann Operator", GIT_AUTHOR_EMAIL: "ann@example.com" };
const application = `${fluxPaths.kustomizations("staging")}/app-staging`;
const source = `${fluxPaths.gitRepositories("staging")}/platform`;

let cluster: Cluster;
let git: Repositories;
let folder: string;
let wanted: string;
let requestedAt: string | undefined;

beforeEach(async () => {
  [cluster, git, folder] = [await startCluster(), await makeRepositories(), temporaryFolder()];
  wanted = await git.commit(
    "Release app 1",
    { "apps/app/overlays/staging/kustomization.yaml": overlay("1.0.0") },
    at(0),
  );
  requestedAt = undefined;
  give({ suspend: true });
});
afterEach(async () => {
  await cluster.close();
  await git.remove();
});

function give({ suspend, sourceSuspended = false, applied = false }: Given): void {
  const conditions = [condition("Ready", "True", "ReconciliationSucceeded")];
  const handled = requestedAt === undefined ? {} : { lastHandledReconcileAt: requestedAt };
  const status = applied ? { lastAppliedRevision: revisionOf(wanted), conditions, ...handled } : {};
  const one = kustomization({ environment: "staging", suspend, status });
  const from = gitRepository(wanted, "staging");
  const fetched = sourceSuspended ? { ...from, spec: { ...from.spec, suspend: true } } : from;
  cluster.objects.set(application, one);
  cluster.objects.set(source, fetched);
  cluster.objects.set(fluxPaths.kustomizations(), { items: [one] });
  cluster.objects.set(fluxPaths.gitRepositories(), { items: [fetched] });
}

interface Given {
  readonly suspend: boolean;
  readonly sourceSuspended?: boolean;
  readonly applied?: boolean;
}

const approve = (...args: readonly string[]): Promise<Ran> => {
  const where = ["--kubeconfig", cluster.kubeconfig, "--directory", git.clone];
  return gitops(folder, ["approve", "app", "--env", "staging", ...where, ...args], person);
};

interface Patch {
  readonly metadata?: { readonly annotations: Readonly<Record<string, string>> };
  readonly spec: { readonly suspend: boolean | null };
}

describe("gitops approve where Flux delivers", () => {
  test("has Flux apply what was approved while nothing else can come in, and suspends it again", async () => {
    cluster.onPatch = (path, body) => {
      const { metadata, spec } = body as Patch;
      requestedAt = metadata?.annotations["reconcile.fluxcd.io/requestedAt"] ?? requestedAt;
      if (path === application && spec.suspend === false) give({ suspend: true, applied: true });
    };
    const { exitCode, stdout, stderr } = await approve("--message", "tested by QA");
    expect([stderr, exitCode]).toEqual([expect.stringContaining("is suspended again after that"), 0]);
    expect(stdout).toContain("approved: app-staging: Synced, Healthy");
    const said = cluster.patches.map(({ path, body }) => [path, (body as Patch).spec.suspend]);
    expect(said).toEqual([
      [source, true],
      [application, false],
      [application, true],
      [source, null],
    ]);
  });

  test("is refused while another approval is under way, with what to do when that was killed", async () => {
    give({ suspend: true, sourceSuspended: true });
    const { exitCode, stderr } = await approve();
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining("kubectl patch gitrepository platform --namespace staging"),
    ]);
    expect(cluster.patches).toEqual([]);
  });

  test("has nothing to approve where Flux follows Git by itself", async () => {
    give({ suspend: false, applied: true });
    expect((await approve()).stdout).toContain("does not wait for an approval");
    expect(cluster.patches).toEqual([]);
  });
});
