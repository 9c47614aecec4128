import { join } from "node:path";

import { describe, expect, test } from "@jest/globals";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Provider } from "@pulumi/kubernetes/provider.js";

import { argocdSchema, certManagerSchema, prometheusSchema } from "../../../infra/config/controllers.ts";
import { installControllers } from "../../../infra/controllers/index.ts";
import { environments } from "../../../infra/environments.ts";
import { record } from "../../../rehearsal/index.ts";
import type { RecordedResource } from "../../../rehearsal/index.ts";

interface Choice {
  readonly mode?: "helm" | "preinstalled";
  readonly argocd?: object;
  readonly prometheus?: object;
  readonly repository?: string;
  readonly secrets?: {
    readonly webhookSecret?: string;
    readonly oidcClientSecret?: string;
    readonly dispatchToken?: string;
  };
}

const recorded = new Map<string, ReturnType<typeof installation>>();

/** What a choice makes; the same choice is recorded once. */
function installed(choice: Choice = {}): ReturnType<typeof installation> {
  const key = JSON.stringify(choice);
  const found = recorded.get(key) ?? installation(choice);
  recorded.set(key, found);
  return found;
}

async function installation(choice: Choice) {
  const { resources, outputs } = await record({
    project: join(import.meta.dirname, "fixtures"),
    stack: "test",
    stackFile: false,
    program: () => {
      const provider = new Provider("cluster", { kubeconfig: "/nowhere" });
      const nodes = new Namespace("nodes", { metadata: { name: "nodes" } }, { provider });
      const { ready, ...addresses } = installControllers({
        mode: choice.mode ?? "helm",
        config: {
          argocd: argocdSchema.parse(choice.argocd ?? {}),
          certManager: certManagerSchema.parse({}),
          prometheus: prometheusSchema.parse(choice.prometheus ?? {}),
          ...(choice.repository === undefined ? {} : { repository: choice.repository }),
        },
        secrets: choice.secrets ?? {},
        groups: { admin: ["platform"] },
        projects: ["prod"],
        workloadNamespaces: ["prod", "prod-two"],
        profile: environments.prod.cluster,
        provider,
        dependsOn: [nodes],
      });
      new Namespace("custom-resource", { metadata: { name: "later" } }, { provider, dependsOn: [...ready] });
      return Promise.resolve(JSON.parse(JSON.stringify(addresses)) as typeof addresses);
    },
  });
  const own = resources.filter(({ name }) => !["nodes", "custom-resource", "cluster"].includes(name));
  const one = (name: string, kind?: string): RecordedResource => {
    const found = resources.filter(
      (resource) =>
        resource.name === name && (kind === undefined || resource.kind === kind || resource.type.endsWith(`:${kind}`)),
    );
    expect(found).toHaveLength(1);
    return found[0]!;
  };
  /** Whether a resource goes before another when both are destroyed, through any number of steps. */
  const before = (first: RecordedResource, second: RecordedResource): boolean =>
    first.dependencies.some(
      (urn) =>
        urn === second.urn ||
        before(
          resources.find((resource) => resource.urn === urn)!,
          second,
        ),
    );
  return { resources, own, one, before, outputs };
}

const releases = ["argocd", "flagger", "flagger-loadtester", "keda", "prometheus"];

describe("controllers installed by Helm", () => {
  test("are releases with a name, an exact version and a way back", async () => {
    const { own } = await installed();
    for (const name of releases) {
      const release = own.find(({ name: given, type }) => given === name && type === "kubernetes:helm.sh/v3:Release")!;
      expect(release.inputs).toMatchObject({
        name,
        atomic: true,
        cleanupOnFail: true,
        createNamespace: false,
        timeout: 900,
      });
      expect(release.inputs.version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(release.inputs.repositoryOpts).toMatchObject({ repo: expect.stringMatching(/^https:/) as unknown });
    }
  });

  test("take Flagger's CRDs from the template alone, so that upgrades reach them", async () => {
    const { one } = await installed();
    const { inputs } = one("flagger", "custom");
    expect(inputs).toMatchObject({ skipCrds: true, values: { crd: { create: true } } });
    expect(one("keda", "custom").inputs.skipCrds).toBe(false);
  });

  test("run the load tester where only Flagger calls it, and where it reaches the applications alone", async () => {
    const { own } = await installed();
    const release = own.find(({ name, type }) => name === "flagger-loadtester" && type.endsWith(":Release"));
    expect(release?.inputs["values"]).toMatchObject({
      replicaCount: 1,
      cmd: { namespaceRegexp: "^(prod|prod-two)$" },
      serviceAccountName: "flagger-loadtester",
      securityContext: { enabled: true, context: { runAsNonRoot: true, readOnlyRootFilesystem: true } },
    });
    const policy = own.find(({ name, type }) => name === "flagger-loadtester" && type.endsWith(":NetworkPolicy"));
    expect(policy?.inputs).toMatchObject({
      metadata: { namespace: "flagger-system" },
      spec: {
        podSelector: { matchLabels: { "app.kubernetes.io/name": "loadtester" } },
        ingress: [
          {
            from: [
              { podSelector: { matchLabels: { "app.kubernetes.io/name": "flagger" } } },
              { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "monitoring" } } },
            ],
          },
        ],
      },
    });
    expect(JSON.stringify(policy?.inputs["spec"])).not.toContain("ipBlock");
    const account = own.find(({ name, type }) => name === "flagger-loadtester" && type.endsWith(":ServiceAccount"));
    expect(account?.inputs["automountServiceAccountToken"]).toBe(false);
  });

  test("have a namespace each, under the strictest pod security", async () => {
    const { own } = await installed();
    const namespaces = own.filter(({ type }) => type === "kubernetes:core/v1:Namespace");
    expect(namespaces.map(({ inputs }) => (inputs.metadata as { name: string }).name).sort()).toEqual([
      "argocd",
      "cert-manager",
      "flagger-system",
      "keda",
      "monitoring",
    ]);
    for (const { inputs } of namespaces) {
      expect(inputs.metadata).toMatchObject({ labels: { "pod-security.kubernetes.io/enforce": "restricted" } });
    }
  });

  test("go to the given cluster, cert-manager's plugin included", async () => {
    const { own, one } = await installed();
    const cluster = one("cluster").urn;
    for (const { kind, provider, name } of own.filter((resource) => resource.kind === "custom")) {
      expect([name, kind, provider?.startsWith(cluster)]).toEqual([name, "custom", true]);
    }
    const remote = one("cert-manager", "remote");
    expect(remote.providers.kubernetes).toMatch(new RegExp(`^${cluster}::`));
  });

  test("pass cert-manager's version and CRDs through helmOptions, once", async () => {
    const { inputs } = (await installed()).one("cert-manager", "remote");
    expect(Object.keys(inputs)).toEqual(["helmOptions"]);
    expect(inputs.helmOptions).toMatchObject({
      version: expect.stringMatching(/^v\d+\.\d+\.\d+$/) as unknown,
      namespace: "cert-manager",
      atomic: true,
      values: { crds: { enabled: true, keep: true } },
    });
    expect(JSON.stringify(inputs)).not.toContain("installCRDs");
  });

  test("start after the nodes and are gone before their namespaces, last of all after custom resources", async () => {
    const { one, before } = await installed();
    const later = one("custom-resource");
    for (const name of releases) {
      const release = one(name, "Release");
      expect(before(release, one("nodes"))).toBe(true);
      expect(before(later, release)).toBe(true);
      expect(release.dependencies.some((urn) => urn.includes("Namespace::"))).toBe(true);
    }
    expect(before(later, one("cluster-issuer"))).toBe(true);
    expect(before(one("cluster-issuer"), one("cert-manager", "remote"))).toBe(true);
    expect(before(one("flagger", "custom"), one("prometheus", "custom"))).toBe(true);
  });

  test("wait for cert-manager only where Argo CD has a certificate", async () => {
    const plain = await installed();
    expect(plain.before(plain.one("argocd", "custom"), plain.one("cluster-issuer"))).toBe(false);
    const hosted = await installed({ argocd: { host: "argocd.example.com" } });
    expect(hosted.before(hosted.one("argocd", "custom"), hosted.one("cluster-issuer"))).toBe(true);
  });

  test("report failures with the token of the stack, and to nobody without one", async () => {
    const repository = "https://github.com/example/platform.git";
    const { one } = await installed({ repository, secrets: { dispatchToken: "di-5ecret" } });
    const secret = one("argocd-notifications-secret");
    expect(secret.inputs).toMatchObject({ stringData: { "on-failure-token": "di-5ecret" } });
    expect(secret.secretInputs.length).toBeGreaterThan(0);
    const { inputs } = one("argocd", "custom");
    expect(JSON.stringify(inputs)).not.toContain("5ecret");
    const { notifications } = inputs.values as { readonly notifications: Readonly<Record<string, object>> };
    expect(notifications).toMatchObject({ secret: { create: false }, subscriptions: [{ recipients: ["on-failure"] }] });
    expect(JSON.stringify(notifications.notifiers)).toContain(
      "https://api.github.com/repos/example/platform/dispatches",
    );

    const { one: without } = await installed({ repository });
    const values = without("argocd", "custom").inputs.values as { readonly notifications: object };
    expect(values.notifications).not.toHaveProperty("subscriptions");
  });

  test("refuse a token that no workflow would take", async () => {
    const secrets = { dispatchToken: "di-5ecret" };
    await expect(installed({ repository: "file:///p.git", secrets })).rejects.toThrow("argocdDispatchToken");
    const argocd = { gitHost: "gitlab" };
    await expect(installed({ repository: "https://github.com/a/b.git", argocd, secrets })).rejects.toThrow("gitlab");
  });

  test("keep secrets in a Secret, and out of Helm", async () => {
    const secrets = { webhookSecret: "wh-5ecret", oidcClientSecret: "cl-5ecret" };
    const oidc = { issuer: "https://login.example.com", clientId: "x" };
    const { one, own } = await installed({ secrets, argocd: { host: "argocd.example.com", oidc } });
    const secret = one("argocd-platform-secrets");
    expect(secret.inputs).toMatchObject({
      metadata: { namespace: "argocd", labels: { "app.kubernetes.io/part-of": "argocd" } },
      stringData: { "webhook.secret": "wh-5ecret", "oidc.clientSecret": "cl-5ecret" },
    });
    expect(secret.secretInputs.length).toBeGreaterThan(0);
    for (const { name, inputs } of own.filter((resource) => resource !== secret)) {
      expect([name, JSON.stringify(inputs).includes("5ecret")]).toEqual([name, false]);
    }
    const values = one("argocd", "custom").inputs.values as { configs: { cm: Record<string, string>; secret: object } };
    expect(values.configs.secret).toEqual({ githubSecret: "$argocd-platform-secrets:webhook.secret" });
    expect(values.configs.cm["oidc.config"]).toContain("clientSecret: $argocd-platform-secrets:oidc.clientSecret");
    expect(values.configs.cm["admin.enabled"]).toBe("false");
  });

  test("make no Secret where there is nothing to keep", async () => {
    const { own } = await installed();
    expect(own.filter(({ type }) => type === "kubernetes:core/v1:Secret")).toEqual([]);
  });

  test("say where Argo CD and Prometheus answer", async () => {
    const { outputs } = await installed({ argocd: { host: "argocd.example.com" } });
    expect(outputs).toMatchObject({
      argocdNamespace: "argocd",
      argocdUrl: "https://argocd.example.com",
      prometheusAddress: "http://prometheus-server.monitoring.svc",
    });
  });
});

describe.each(["helm", "preinstalled"] as const)("the project `default` (%s)", (mode) => {
  test("allows nothing, and takes its fields over from Argo CD", async () => {
    const { one } = await installed({ mode });
    const { inputs, type, retainOnDelete } = one("argocd-default-project");
    // Argo CD makes it: the provider refuses to create what exists, and a patch of its whole spec cannot be taken back.
    expect({ type, retainOnDelete }).toEqual({
      type: "kubernetes:argoproj.io/v1alpha1:AppProjectPatch",
      retainOnDelete: true,
    });
    expect(inputs).toMatchObject({
      kind: "AppProject",
      metadata: { name: "default", namespace: "argocd", annotations: { "pulumi.com/patchForce": "true" } },
      spec: { sourceRepos: [], destinations: [], clusterResourceWhitelist: [], namespaceResourceWhitelist: [] },
    });
    expect(JSON.stringify(inputs)).not.toContain("*");
  });
});

describe("controllers that are there already", () => {
  test("get nothing but a project without rights", async () => {
    const { own, one, before } = await installed({ mode: "preinstalled" });
    expect(own.map(({ name }) => name)).toEqual(["argocd-default-project"]);
    expect(before(one("custom-resource"), one("argocd-default-project"))).toBe(true);
    expect(before(one("argocd-default-project"), one("nodes"))).toBe(true);
  });

  test("may have their Prometheus elsewhere", async () => {
    const { outputs } = await installed({ mode: "preinstalled", prometheus: { address: "http://127.0.0.1:9090" } });
    expect(outputs.prometheusAddress).toBe("http://127.0.0.1:9090");
  });
});
