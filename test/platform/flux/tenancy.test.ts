import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { AuthorizationV1Api, KubernetesObjectApi } from "@kubernetes/client-node";
import type { KubernetesObject } from "@kubernetes/client-node";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Provider } from "@pulumi/kubernetes/provider.js";

import { fluxSchema } from "../../../infra/config/gitops.ts";
import { deliveryEnvironments } from "../../../infra/delivery/environment.ts";
import { fluxEngine } from "../../../infra/delivery/flux/index.ts";
import { allowedKinds, resourceOf } from "../../../infra/delivery/kinds.ts";
import { labels } from "../../../infra/labels.ts";
import { administratorConfig } from "../../../local/control-plane/index.ts";
import { apply } from "../../../rehearsal/index.ts";
import { TestPlatform, eventually, startTimeout } from "../control-plane/platform.ts";

import { createDefinitions } from "./definitions.ts";

jest.setTimeout(180_000);

const repository = "https://github.com/example/gitops-platform.git";
const environments = deliveryEnvironments(
  ["dev", "prod"],
  {},
  (["dev", "prod"] as const).map((environment) => ({
    application: "app",
    environment,
    path: `apps/app/overlays/${environment}`,
    sync: undefined,
    onFailure: { kind: "rollback" },
    flags: false,
  })),
);

interface FluxObject extends KubernetesObject {
  readonly spec: Record<string, unknown>;
}

let platform: TestPlatform;
let objects: KubernetesObjectApi;

beforeAll(async () => {
  platform = await TestPlatform.create();
  await platform.start();
  const groups = { viewer: ["viewers"], deployer: ["deployers"], admin: ["admins"] };
  const engine = fluxEngine({ repository, groups, config: fluxSchema.parse({}), alerts: { type: "slack" } });
  await apply({
    project: join(import.meta.dirname, "..", "..", ".."),
    stack: "dev",
    stackFile: false,
    kubeconfig: platform.layout.kubeconfig,
    onEvent: () => undefined,
    program: () => {
      const provider = new Provider("cluster", { kubeconfig: platform.layout.kubeconfig });
      const definitions = createDefinitions({ provider });
      const prepared = engine.prepare(environments, { provider, dependsOn: definitions });
      for (const environment of environments) {
        const { name } = environment;
        const metadata = { name, labels: { [labels.environment]: name } };
        const namespace = [new Namespace(name, { metadata }, { provider })];
        engine.deliver(environment, {
          options: { provider },
          namespace,
          controllers: [...definitions, ...prepared],
        });
      }
      return {};
    },
  });
  objects = KubernetesObjectApi.makeApiClient(administratorConfig(platform.layout));
}, startTimeout);
afterAll(() => platform.remove(), 120_000);

const read = async (kind: string, name: string, namespace = "dev"): Promise<FluxObject> => {
  const apiVersion = kind === "GitRepository" ? "source.toolkit.fluxcd.io/v1" : "kustomize.toolkit.fluxcd.io/v1";
  return objects.read<FluxObject>({ apiVersion, kind, metadata: { name, namespace } });
};

/** Changes fields of an object that is there; undefined takes one away. Not done: the server only says what it would. */
async function change(kind: string, name: string, fields: Record<string, unknown>): Promise<unknown> {
  const { metadata, ...object } = await read(kind, name);
  return objects.replace({ ...object, metadata, spec: { ...object.spec, ...fields } } as FluxObject, undefined, "All");
}

/** The answer of the API server to something that it refuses. */
const refused = (message: string): unknown =>
  expect.objectContaining({ code: 422, body: expect.stringContaining(message) as unknown });

describe("what an AppProject denies, the API server denies to objects of Flux", () => {
  beforeAll(async () => {
    // A new policy holds some moments later.
    await eventually(async () => {
      await expect(change("GitRepository", "platform", { url: "https://evil.example/x.git" })).rejects.toThrow();
    });
    await eventually(async () => {
      await expect(change("Kustomization", "app-dev", { targetNamespace: "prod" })).rejects.toThrow();
    });
  });

  test.each<[string, string, Record<string, unknown>]>([
    ["another repository", "names the platform's repository", { url: "https://evil.example/x.git" }],
    ["another environment's branch", "the branch of its environment", { ref: { branch: "main" } }],
    ["a tag beside the branch", "the branch of its environment", { ref: { branch: "develop", tag: "v1" } }],
    ["no branch", "the branch of its environment", { ref: undefined }],
    ["another source in it", "includes no other one", { include: [{ repository: { name: "x" } }] }],
  ])("a GitRepository with %s", async (_name, message, fields) => {
    await expect(change("GitRepository", "platform", fields)).rejects.toEqual(refused(message));
  });

  test.each<[string, string, Record<string, unknown>]>([
    ["no account", "acts as the account", { serviceAccountName: undefined }],
    ["another account", "acts as the account", { serviceAccountName: "default" }],
    ["another namespace to write to", "its own namespace as targetNamespace", { targetNamespace: "prod" }],
    ["no namespace to write to", "its own namespace as targetNamespace", { targetNamespace: undefined }],
    [
      "a source of another namespace",
      "of its own namespace",
      { sourceRef: { kind: "GitRepository", name: "platform", namespace: "prod" } },
    ],
    ["a bucket as source", "of its own namespace", { sourceRef: { kind: "Bucket", name: "platform" } }],
    ["another cluster", "the cluster that it is in", { kubeConfig: { secretRef: { name: "x" } } }],
    ["another environment's overlay", "its path is that overlay", { path: "./apps/app/overlays/prod" }],
    ["another application's overlay", "its path is that overlay", { path: "./apps/other/overlays/dev" }],
    ["a path outside of apps/", "its path is that overlay", { path: "./" }],
    ["a patch", "changes nothing of what Git says", { patches: [{ patch: "x" }] }],
    [
      "something of another namespace to wait for",
      "of its own namespace",
      { dependsOn: [{ name: "x", namespace: "prod" }] },
    ],
  ])("a Kustomization with %s", async (_name, message, fields) => {
    await expect(change("Kustomization", "app-dev", fields)).rejects.toEqual(refused(message));
  });

  test.each([
    ["source.toolkit.fluxcd.io/v1", "HelmRepository", "follows Git alone"],
    ["helm.toolkit.fluxcd.io/v2", "HelmRelease", "no HelmRelease"],
  ])("a new object of %s %s", async (apiVersion, kind, message) => {
    const object = { apiVersion, kind, metadata: { name: "x", namespace: "dev" }, spec: {} };
    await expect(objects.create(object, undefined, "All")).rejects.toEqual(refused(message));
  });

  test("what `gitops approve` and a webhook change is let through", async () => {
    await expect(change("Kustomization", "app-dev", { suspend: true })).resolves.toBeDefined();
    await expect(change("GitRepository", "platform", { interval: "5m" })).resolves.toBeDefined();
  });

  test("a pod with the account of kustomize-controller", async () => {
    const containers = [{ name: "a", image: "example.test/a:1" }];
    const pod = (serviceAccountName: string) => ({
      ...{ apiVersion: "v1", kind: "Pod", metadata: { name: "x", namespace: "dev" } },
      spec: { serviceAccountName, containers },
    });
    await expect(objects.create(pod("gitops-reconciler"), undefined, "All")).rejects.toEqual(refused("no pod runs as"));
  });

  test("a namespace that is no environment is not the platform's business", async () => {
    const metadata = { name: "x", namespace: "default" };
    const spec = { url: "https://other.example/x.git" };
    const object = { apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository", metadata, spec };
    await expect(objects.create(object as FluxObject, undefined, "All")).resolves.toBeDefined();
  });
});

describe("the account that kustomize-controller acts as", () => {
  async function may(verb: string, group: string, resource: string, namespace?: string): Promise<boolean> {
    const api = administratorConfig(platform.layout).makeApiClient(AuthorizationV1Api);
    const resourceAttributes = { verb, group, resource, ...(namespace === undefined ? {} : { namespace }) };
    const user = "system:serviceaccount:dev:gitops-reconciler";
    const groups = ["system:serviceaccounts", "system:serviceaccounts:dev", "system:authenticated"];
    const review = await api.createSubjectAccessReview({ body: { spec: { user, groups, resourceAttributes } } });
    return review.status?.allowed ?? false;
  }

  test("brings every kind of the AppProject, in its own namespace alone", async () => {
    for (const { group, kind } of allowedKinds) {
      expect([kind, await may("create", group, resourceOf[kind], "dev")]).toEqual([kind, true]);
      expect([kind, await may("create", group, resourceOf[kind], "prod")]).toEqual([kind, false]);
    }
  });

  test.each([
    ["", "secrets"],
    ["", "pods"],
    ["", "resourcequotas"],
    ["rbac.authorization.k8s.io", "rolebindings"],
    ["kustomize.toolkit.fluxcd.io", "kustomizations"],
    ["source.toolkit.fluxcd.io", "gitrepositories"],
  ])("brings nothing else: %s %s", async (group, resource) => {
    expect(await may("create", group, resource, "dev")).toBe(false);
  });

  test.each([
    ["", "namespaces"],
    ["rbac.authorization.k8s.io", "clusterroles"],
  ])("brings nothing of the cluster: %s %s", async (group, resource) => {
    expect(await may("create", group, resource)).toBe(false);
  });
});
