import { describe, expect, test } from "@jest/globals";

import { argocdSchema, certManagerSchema, prometheusSchema } from "../../../infra/config/controllers.ts";
import { configuredSettings } from "../../../infra/controllers/argocd/index.ts";
import { argocdValues } from "../../../infra/controllers/argocd/values.ts";
import { certManagerValues } from "../../../infra/controllers/cert-manager-values.ts";
import { clusterIssuerSpec } from "../../../infra/controllers/cluster-issuer.ts";
import { flaggerValues } from "../../../infra/controllers/flagger-values.ts";
import { kedaValues } from "../../../infra/controllers/keda-values.ts";
import { prometheusValues } from "../../../infra/controllers/prometheus-values.ts";
import { environments } from "../../../infra/environments.ts";

const single = environments.dev.cluster;
const available = environments.prod.cluster;
const access = { projects: ["prod"], groups: { admin: ["platform"] } };

function argocd(profile = available, input: object = {}, webhook = false) {
  const config = argocdSchema.parse(input);
  return argocdValues(profile, config, configuredSettings(config, access, false), webhook);
}

describe("Argo CD", () => {
  test("runs twice, with budgets, where the profile asks for availability", () => {
    const { server, repoServer, applicationSet, controller } = argocd(available);
    for (const program of [server, repoServer, applicationSet]) {
      expect(program).toMatchObject({ replicas: 2, pdb: { enabled: true, maxUnavailable: 1 } });
    }
    expect(controller.replicas).toBe(1);
  });

  test("runs once, without a budget that would block a drain, where it does not", () => {
    const { server, repoServer, applicationSet } = argocd(single);
    for (const program of [server, repoServer, applicationSet]) {
      expect(program).toMatchObject({ replicas: 1, pdb: { enabled: false } });
    }
  });

  test("without a host has no address, no ingress and no certificate", () => {
    const { configs, server, global } = argocd();
    expect(configs.cm.url).toBe("");
    expect(global).not.toHaveProperty("domain");
    expect(server).toMatchObject({ ingress: { enabled: false }, certificate: { enabled: false } });
  });

  test("with a host and an ingress has TLS from the platform's issuer up to the pod", () => {
    const ingress = { className: "nginx", annotations: { "nginx.ingress.kubernetes.io/backend-protocol": "HTTPS" } };
    const { configs, server, notifications } = argocd(available, { host: "argocd.example.com", ingress });
    expect(configs.cm.url).toBe("https://argocd.example.com");
    expect(notifications.argocdUrl).toBe("https://argocd.example.com");
    expect(configs.params["server.insecure"]).toBe("false");
    expect(server).toMatchObject({
      ingress: {
        enabled: true,
        hostname: "argocd.example.com",
        ingressClassName: "nginx",
        tls: true,
        annotations: ingress.annotations,
      },
      certificate: {
        enabled: true,
        issuer: { kind: "ClusterIssuer", name: "platform" },
        privateKey: { rotationPolicy: "Always" },
      },
    });
  });

  test.each([
    ["github", "githubSecret"],
    ["gitlab", "gitlabSecret"],
    ["bitbucketServer", "bitbucketServerSecret"],
    ["gogs", "gogsSecret"],
  ])("verifies the webhooks of %s by reference", (gitHost, key) => {
    const { secret } = argocd(available, { gitHost }, true).configs;
    expect(secret).toEqual({ [key]: "$argocd-platform-secrets:webhook.secret" });
  });

  test("writes no webhook secret without one: an empty value would wipe the rest", () => {
    expect(argocd().configs.secret).toEqual({});
  });

  test("guards its cache with a password and keeps its CRDs", () => {
    expect(argocd()).toMatchObject({ redisSecretInit: { enabled: true }, crds: { install: true, keep: true } });
  });
});

describe("Flagger", () => {
  test("elects a leader only among several", () => {
    expect(flaggerValues(available, "http://p").leaderElection).toEqual({ enabled: true, replicaCount: 2 });
    expect(flaggerValues(single, "http://p").leaderElection).toEqual({ enabled: false, replicaCount: 1 });
  });

  test("asks the given Prometheus and stays inside a namespace", () => {
    const values = flaggerValues(single, "http://prometheus-server.monitoring.svc");
    expect(values).toMatchObject({
      metricsServer: "http://prometheus-server.monitoring.svc",
      noCrossNamespaceRefs: true,
    });
  });
});

describe("KEDA", () => {
  test("may not read every kind of object", () => {
    expect(kedaValues(single).rbac.enabledCustomScaledRefKinds).toBe(false);
  });

  test("keeps its CRDs, and with them the ScaledObjects", () => {
    expect(kedaValues(single).crds.additionalAnnotations).toEqual({ "helm.sh/resource-policy": "keep" });
  });

  test("has budgets where it runs twice", () => {
    expect(kedaValues(available).podDisruptionBudget.operator).toEqual({ maxUnavailable: 1 });
    expect(kedaValues(single).podDisruptionBudget.operator).toEqual({});
  });
});

describe("Prometheus", () => {
  const values = prometheusValues(
    available,
    prometheusSchema.parse({ storage: "50Gi", storageClass: "gp3-encrypted" }),
  );

  test("has a volume, a retention and a replica of its own", () => {
    expect(values.server).toMatchObject({
      replicaCount: 2,
      statefulSet: { enabled: true },
      persistentVolume: { enabled: true, size: "50Gi", storageClass: "gp3-encrypted" },
      retention: "360h",
    });
  });

  test("labels pods as Flagger's queries ask", () => {
    const relabelling = values.scrapeConfigs["platform-pods"]!.relabel_configs as { target_label?: string }[];
    const targets = relabelling.map(({ target_label: target }) => target);
    expect(targets).toEqual(expect.arrayContaining(["kubernetes_namespace", "kubernetes_pod_name"]));
  });

  test("lets no target choose its labels, and scrapes Services of controllers only", () => {
    const jobs = Object.values(values.scrapeConfigs).filter(({ enabled }) => enabled);
    expect(jobs.map((job) => job.honor_labels)).toEqual([false, false]);
    const [discovery] = values.scrapeConfigs["kubernetes-service-endpoints"]!.kubernetes_sd_configs as object[];
    expect(discovery).toMatchObject({ namespaces: { names: expect.arrayContaining(["argocd"]) as unknown } });
  });

  test("skips no certificate verification", () => {
    for (const job of ["kubernetes-nodes", "kubernetes-nodes-cadvisor"]) {
      expect(values.scrapeConfigs[job]).toEqual({ enabled: false });
    }
  });

  test("installs nothing that needs the host", () => {
    expect(values["prometheus-node-exporter"]).toEqual({ enabled: false });
  });
});

describe("cert-manager", () => {
  test("gets its CRDs one way only", () => {
    const values = certManagerValues(available, "cert-manager");
    expect(values.crds).toEqual({ enabled: true, keep: true });
    expect(values).not.toHaveProperty("installCRDs");
  });

  test("signs itself, or has Let's Encrypt sign", () => {
    expect(clusterIssuerSpec(certManagerSchema.parse({}))).toEqual({ selfSigned: {} });
    const letsencrypt = { issuer: "letsencrypt", email: "ops@example.com", ingressClass: "nginx", acme: "staging" };
    expect(clusterIssuerSpec(certManagerSchema.parse(letsencrypt))).toEqual({
      acme: {
        server: "https://acme-staging-v02.api.letsencrypt.org/directory",
        email: "ops@example.com",
        privateKeySecretRef: { name: "letsencrypt-staging-account" },
        solvers: [{ http01: { ingress: { ingressClassName: "nginx" } } }],
      },
    });
  });
});

/** Every object in a tree that has the given key, by path. */
function* having(key: string, value: unknown, path = ""): Generator<[path: string, found: unknown]> {
  if (typeof value !== "object" || value === null) return;
  for (const [name, field] of Object.entries(value)) {
    if (name === key) yield [path, field];
    yield* having(key, field, `${path}.${name}`);
  }
}

describe.each([
  ["available", available],
  ["single", single],
])("all values of a(n) %s platform", (_, profile) => {
  const all = {
    argocd: argocd(profile, { host: "argocd.example.com" }),
    flagger: flaggerValues(profile, "http://p"),
    keda: kedaValues(profile),
    prometheus: prometheusValues(profile, prometheusSchema.parse({})),
    certManager: certManagerValues(profile, "cert-manager"),
  };

  test("limit the memory of everything that runs", () => {
    const memory = [...having("memory", all)];
    const limits = memory.filter(([path]) => path.endsWith(".limits"));
    expect(limits.length).toBeGreaterThanOrEqual(16);
    expect(memory.length).toBe(limits.length * 2);
    expect([...having("limits", all)].filter(([, limit]) => Object.hasOwn(limit as object, "cpu"))).toEqual([]);
  });

  test("have a priority class each", () => {
    const classes = [...having("priorityClassName", all), ...having("podPriorityClassName", all)];
    expect(classes.map(([, name]) => name)).toEqual(Array.from({ length: 5 }, () => "gitops-controllers"));
  });

  test("name no moving tag", () => {
    expect(JSON.stringify(all)).not.toMatch(/"(latest|HEAD|main|master)"/);
  });
});
