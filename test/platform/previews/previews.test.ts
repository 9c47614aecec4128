import { describe, expect } from "@jest/globals";

import { eventually } from "../support/eventually.ts";
import { ownPlatform } from "../support/own-platform.ts";
import type { ThrowAwayPlatform } from "../support/platform.ts";
import { scenario } from "../support/scenario.ts";

import {
  applicationsOf,
  deleteBranch,
  fileOfDevelop,
  list,
  pushPreview,
  untilGone,
  untilSaid,
  untilWell,
} from "./preview.ts";

const get = ownPlatform();

const overlay = "apps/app/overlays/dev/kustomization.yaml";

interface Live {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: { readonly hard?: Readonly<Record<string, string>>; readonly containers?: { image: string }[] };
  readonly status?: { readonly phase?: string };
}

const images = async (on: ThrowAwayPlatform, namespace: string) => {
  const pods = await list<Live>(on, ["pods", `--namespace=${namespace}`, "--selector=gitops.platform/application=app"]);
  return pods.map(({ spec }) => spec?.containers?.[0]?.image);
};

/** An overlay of dev with a manifest more. */
async function withManifest(on: ThrowAwayPlatform, manifest: string): Promise<Readonly<Record<string, string>>> {
  const text = (await fileOfDevelop(on, overlay)).replace("resources:\n", "resources:\n- more.yaml\n");
  return { [overlay]: text, "apps/app/overlays/dev/more.yaml": manifest };
}

describe("a branch preview/<name>", () => {
  scenario("gets a namespace of its own, with what the branch changed, and what holds it", get, async (on) => {
    const changed = (await fileOfDevelop(on, overlay)).replace("newTag: 6.14.1", "newTag: 6.14.0");
    const { name, commit } = await pushPreview(on, "preview/New_Look", { files: { [overlay]: changed } });
    expect(name).toMatch(/^preview-new-look-[0-9a-f]{8}$/);
    await untilWell(on, name, commit);

    expect(await images(on, name)).toEqual(["ghcr.io/stefanprodan/podinfo:6.14.0"]);
    const [namespace] = (await list<Live>(on, ["namespaces"])).filter(({ metadata }) => metadata.name === name);
    expect(namespace?.metadata.labels).toMatchObject({ "pod-security.kubernetes.io/enforce": "restricted" });
    const [quota] = await list<Live>(on, ["resourcequotas", `--namespace=${name}`]);
    expect(quota?.spec?.hard).toMatchObject({ "pods": "10", "limits.cpu": "4", "services.loadbalancers": "0" });
    const policies = await list<Live>(on, ["networkpolicies", `--namespace=${name}`]);
    expect(policies.map(({ metadata }) => metadata.name)).toEqual(["default-deny", "inside"]);
    expect(await list(on, ["canaries,scaledobjects,ingresses", `--namespace=${name}`])).toEqual([]);
    const projects = (await applicationsOf(on, name)).map(({ spec }) => spec.project);
    expect(projects.toSorted()).toEqual(["preview-guards", "previews", "previews", "previews", "previews"]);
  });

  scenario("is apart from the next one, and follows its own branch", get, async (on) => {
    const one = await pushPreview(on, "preview/one");
    const two = await pushPreview(on, "preview/two");
    await untilWell(on, one.name, one.commit);
    await untilWell(on, two.name, two.commit);
    const changed = (await fileOfDevelop(on, overlay)).replace("newTag: 6.14.1", "newTag: 6.13.0");
    const later = await pushPreview(on, "preview/two", { files: { [overlay]: changed } });
    await untilWell(on, two.name, later.commit);
    await eventually(async () => {
      expect(await images(on, two.name)).toEqual(["ghcr.io/stefanprodan/podinfo:6.13.0"]);
    });
    expect(await images(on, one.name)).toEqual(["ghcr.io/stefanprodan/podinfo:6.14.1"]);
  });

  scenario("is left out by the commands for environments", get, async (on) => {
    const { stdout, all, exitCode } = await on.gitops(["status", "--json"]);
    expect([exitCode, all]).toEqual([0, expect.anything()]);
    const { applications } = JSON.parse(stdout) as { readonly applications: readonly { readonly name: string }[] };
    expect(applications.filter(({ name }) => name.startsWith("preview-"))).toEqual([]);
    expect(applications).toHaveLength(12);
  });

  scenario("goes with all that it made when the branch does", get, async (on) => {
    await deleteBranch(on, "preview/one");
    await untilGone(on, "preview-one");
    expect((await applicationsOf(on, "preview-two")).length).toBe(5);
    await deleteBranch(on, "preview/two");
    await untilGone(on, "preview-two");
  });
});

describe("a branch cannot", () => {
  scenario("make an object of the cluster, or raise its quota", get, async (on) => {
    const role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: mine }\nrules: []\n";
    const quota = "apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: preview }\nspec: { hard: { pods: '500' } }\n";
    const one = await pushPreview(on, "preview/role", { files: await withManifest(on, role) });
    const two = await pushPreview(on, "preview/quota", { files: await withManifest(on, quota) });
    await untilSaid(on, `${one.name}.app`, "ClusterRole is not permitted in project previews");
    await untilSaid(on, `${two.name}.app`, "ResourceQuota is not permitted in project previews");
    expect((await on.kubectl(["get", "clusterrole", "mine"])).exitCode).not.toBe(0);
    // Another Application brings the quota, sooner or later than this one is refused.
    await eventually(async () => {
      const [held] = await list<Live>(on, ["resourcequotas", `--namespace=${two.name}`]);
      expect(held?.spec?.hard?.["pods"]).toBe("10");
    });
    for (const name of ["role", "quota"]) await deleteBranch(on, `preview/${name}`);
    for (const { name } of [one, two]) await untilGone(on, name);
  });

  /** Kustomize runs these after it has written the namespace that Argo CD asks for. */
  const elsewhere = async (on: ThrowAwayPlatform, namespace: string) => ({
    [overlay]: `${await fileOfDevelop(on, overlay)}transformers: [elsewhere.yaml]\n`,
    "apps/app/overlays/dev/elsewhere.yaml": [
      "apiVersion: builtin",
      "kind: PatchTransformer",
      "metadata: { name: elsewhere }",
      "target: { kind: ConfigMap }",
      "options: { allowNameChange: true }",
      "patch: |-",
      `  - { op: replace, path: /metadata/namespace, value: ${namespace} }`,
      "  - { op: replace, path: /metadata/name, value: intruder }",
      "",
    ].join("\n"),
  });

  scenario("write into the namespace of an environment, nor of another preview", get, async (on) => {
    const victim = await pushPreview(on, "preview/victim");
    await untilWell(on, victim.name, victim.commit);
    const prod = await pushPreview(on, "preview/to-prod", { files: await elsewhere(on, "prod") });
    await untilSaid(on, `${prod.name}.app`, "namespace prod is not permitted in project 'previews'");
    const other = await pushPreview(on, "preview/to-other", { files: await elsewhere(on, victim.name) });
    await untilSaid(on, `${other.name}.app`, "a preview writes into its own namespace alone");
    const maps = await list<Live>(on, ["configmaps", "--all-namespaces"]);
    expect(maps.filter(({ metadata }) => metadata.name === "intruder")).toEqual([]);
    for (const name of ["victim", "to-prod", "to-other"]) await deleteBranch(on, `preview/${name}`);
    for (const { name } of [victim, prod, other]) await untilGone(on, name);
  });
});

describe("the lifetime", () => {
  scenario("is over for a branch that nobody works on: it is never made, and what there is goes", get, async (on) => {
    const fourDaysAgo = new Date(Date.now() - 4 * 86_400_000).toISOString();
    const stale = await pushPreview(on, "preview/stale", { committed: fourDaysAgo });
    const fresh = await pushPreview(on, "preview/fresh");
    await untilWell(on, fresh.name, fresh.commit);
    expect(await applicationsOf(on, stale.name)).toEqual([]);
    await pushPreview(on, "preview/fresh", { committed: fourDaysAgo });
    await untilGone(on, fresh.name);
  });
});
