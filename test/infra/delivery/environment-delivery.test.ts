import { join } from "node:path";

import { beforeAll, describe, expect, test } from "@jest/globals";
import type { V1Deployment } from "@kubernetes/client-node";
import { Provider } from "@pulumi/kubernetes/provider.js";

import { argocdEngine } from "../../../infra/delivery/argocd.ts";
import { EnvironmentDelivery } from "../../../infra/delivery/index.ts";
import { record } from "../../../rehearsal/index.ts";
import type { RecordedResource } from "../../../rehearsal/index.ts";

import { afterClose, application, calendar, groups, prod, repository } from "./environments.ts";

let resources: readonly RecordedResource[];

beforeAll(async () => {
  const windows = application("core-trading", { kind: "windows", windows: [afterClose] });
  const recording = await record({
    stack: "prod",
    project: join(import.meta.dirname, "..", "..", ".."),
    stackFile: false,
    program: () => {
      const provider = new Provider("cluster");
      const alerts = {
        config: { type: "msteams", channel: "releases" },
        address: "https://chat.example.com/x",
      } as const;
      const degrading = application("risk-control", undefined, { kind: "degrade", flag: "degraded-mode" }, true);
      const environment = prod(application("app", undefined, undefined, true), windows, degrading);
      new EnvironmentDelivery({
        environment,
        groups,
        engine: argocdEngine({ repository, groups, calendar }),
        provider,
        controllers: [provider],
        flagd: true,
        alerts,
      });
      return {};
    },
  });
  resources = recording.resources;
}, 60_000);

interface KubernetesObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  readonly [field: string]: unknown;
}

/** The objects of a kind, by name. */
function objects(type: string): Record<string, KubernetesObject> {
  const found = resources.filter((resource) => resource.type === `kubernetes:${type}`);
  return Object.fromEntries(
    found.map(({ inputs }) => [
      (inputs as unknown as KubernetesObject).metadata.name,
      inputs as unknown as KubernetesObject,
    ]),
  );
}

const environmentLabel = { "gitops.platform/environment": "prod" };

describe("the namespace of an environment", () => {
  test("holds restricted pods alone", () => {
    expect(objects("core/v1:Namespace")).toEqual({
      prod: expect.objectContaining({
        metadata: {
          name: "prod",
          labels: {
            ...environmentLabel,
            "pod-security.kubernetes.io/enforce": "restricted",
            "pod-security.kubernetes.io/audit": "restricted",
            "pod-security.kubernetes.io/warn": "restricted",
          },
        },
      }),
    });
  });

  test("has a quota, and defaults for containers that state nothing", () => {
    expect(objects("core/v1:ResourceQuota")["environment"]).toMatchObject({
      metadata: { namespace: "prod", labels: environmentLabel },
      spec: {
        hard: {
          "requests.cpu": "16",
          "requests.memory": "16Gi",
          "limits.cpu": "64",
          "limits.memory": "64Gi",
          "pods": "200",
        },
      },
    });
    expect(objects("core/v1:LimitRange")["container-defaults"]?.["spec"]).toEqual({
      limits: [
        {
          type: "Container",
          defaultRequest: { cpu: "100m", memory: "64Mi" },
          default: { cpu: "500m", memory: "256Mi" },
        },
      ],
    });
  });

  test("lets no traffic in or out that an application has not asked for", () => {
    const policies = objects("networking.k8s.io/v1:NetworkPolicy");
    expect(Object.keys(policies)).toEqual(["default-deny", "flagd"]);
    expect(policies["default-deny"]?.["spec"]).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  });
});

describe("the rights of people", () => {
  const roles = () => objects("rbac.authorization.k8s.io/v1:Role");

  test("are two Roles of this namespace and none of the cluster", () => {
    expect(Object.keys(roles()).sort()).toEqual(["gitops-deployer", "gitops-viewer"]);
    for (const role of Object.values(roles())) expect(role.metadata.namespace).toBe("prod");
    expect(resources.filter(({ type }) => /ClusterRole/.test(type))).toEqual([]);
  });

  test("let a deployer get, list, watch and update Deployments, and nothing else", () => {
    expect(roles()["gitops-deployer"]?.["rules"]).toEqual([
      { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get", "list", "watch", "update"] },
    ]);
  });

  test("let a viewer read, and no Secret", () => {
    const rules = roles()["gitops-viewer"]?.["rules"] as {
      apiGroups: string[];
      resources: string[];
      verbs: string[];
    }[];
    for (const { verbs } of rules) expect(verbs).toEqual(["get", "list", "watch"]);
    const readable = rules.flatMap(({ apiGroups, resources: kinds }) =>
      kinds.map((kind) => `${apiGroups.join()}/${kind}`),
    );
    expect(readable).toEqual([
      "/pods",
      "/pods/log",
      "/services",
      "/configmaps",
      "/events",
      "/resourcequotas",
      "apps/deployments",
      "apps/replicasets",
      "autoscaling/horizontalpodautoscalers",
      "flagger.app/canaries",
      "flagger.app/alertproviders",
      "gateway.networking.k8s.io/httproutes",
      "keda.sh/scaledobjects",
      "networking.k8s.io/ingresses",
      "networking.k8s.io/networkpolicies",
      "policy/poddisruptionbudgets",
    ]);
  });

  test("are bound to groups: a deployer is a viewer too, an admin ends at the namespace", () => {
    const bindings = Object.values(objects("rbac.authorization.k8s.io/v1:RoleBinding"));
    const summary = bindings.map(({ metadata, roleRef, subjects }) => [
      `${metadata.namespace}/${metadata.name}`,
      (roleRef as { kind: string; name: string }).kind,
      (roleRef as { kind: string; name: string }).name,
      (subjects as { kind: string; name: string }[]).map(({ kind, name }) => `${kind} ${name}`),
    ]);
    expect(Object.fromEntries(summary.map(([place, ...rest]) => [place, rest]))).toEqual({
      "prod/gitops-viewer": ["Role", "gitops-viewer", ["Group all-staff", "Group traders", "Group sre"]],
      "prod/gitops-deployer": ["Role", "gitops-deployer", ["Group traders", "Group sre"]],
      "prod/gitops-admin": ["ClusterRole", "admin", ["Group platform"]],
    });
  });
});

describe("flagd", () => {
  const deployment = () => objects("apps/v1:Deployment")["flagd"] as unknown as V1Deployment;

  test("reads the flags of each application that has some; of one key in two the first by name counts", () => {
    const pod = deployment().spec?.template.spec;
    expect(pod?.containers[0]?.args?.filter((argument) => argument.startsWith("--uri="))).toEqual([
      "--uri=file:/etc/flagd/risk-control.json",
      "--uri=file:/etc/flagd/app.json",
    ]);
    expect(pod?.volumes?.[0]?.projected?.sources?.map(({ configMap }) => configMap)).toEqual([
      { name: "risk-control-flags", items: [{ key: "flags.json", path: "risk-control.json" }] },
      { name: "app-flags", items: [{ key: "flags.json", path: "app.json" }] },
    ]);
    // A mounted file with a subPath would never follow its ConfigMap.
    expect(pod?.containers[0]?.volumeMounts).toEqual([{ name: "flags", mountPath: "/etc/flagd", readOnly: true }]);
  });

  test("is not waited for: its files come from Applications that are made later", () => {
    expect(deployment().metadata?.annotations).toEqual({ "pulumi.com/skipAwait": "true" });
  });

  test("answers at http://flagd:8016, to the applications of its namespace alone, and calls nobody", () => {
    expect(objects("core/v1:Service")["flagd"]?.["spec"]).toEqual({
      selector: { "app.kubernetes.io/name": "flagd" },
      ports: [{ name: "ofrep", port: 8016, targetPort: "ofrep", protocol: "TCP" }],
    });
    expect(objects("networking.k8s.io/v1:NetworkPolicy")["flagd"]?.["spec"]).toMatchObject({
      podSelector: { matchLabels: { "app.kubernetes.io/name": "flagd" } },
      ingress: [
        {
          from: [{ podSelector: { matchExpressions: [{ key: "gitops.platform/application", operator: "Exists" }] } }],
          ports: [{ protocol: "TCP", port: 8016 }],
        },
      ],
      egress: [],
    });
  });

  test("has no token, and an exact version", () => {
    expect(deployment().spec?.template.spec).toMatchObject({ automountServiceAccountToken: false });
    expect(deployment().spec?.template.spec?.containers[0]?.image).toMatch(
      /^ghcr\.io\/open-feature\/flagd:v\d+\.\d+\.\d+$/,
    );
  });
});

describe("the alerts of an environment", () => {
  test("go to an address that is in a Secret, through the AlertProvider that the Canaries name", () => {
    expect(objects("flagger.app/v1beta1:AlertProvider")["platform"]).toMatchObject({
      metadata: { namespace: "prod" },
      spec: { type: "msteams", channel: "releases", secretRef: { name: "release-alerts" } },
    });
    const secret = resources.find(({ type }) => type === "kubernetes:core/v1:Secret");
    expect(secret?.inputs).toMatchObject({ metadata: { name: "release-alerts", namespace: "prod" } });
    expect(secret?.secretInputs).toContain("stringData");
  });
});

describe("the Applications of an environment", () => {
  test("live beside Argo CD, say whose they are, and take their workloads with them", () => {
    const applications = objects("argoproj.io/v1alpha1:Application");
    expect(Object.keys(applications).sort()).toEqual(["app-prod", "core-trading-prod", "risk-control-prod"]);
    expect(applications["app-prod"]).toMatchObject({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Application",
      metadata: {
        namespace: "argocd",
        labels: { ...environmentLabel, "gitops.platform/application": "app" },
        finalizers: ["resources-finalizer.argocd.argoproj.io"],
      },
      spec: { project: "prod" },
    });
  });

  test("say what follows a failed release, and who may approve one", () => {
    const applications = Object.values(objects("argoproj.io/v1alpha1:Application"));
    const fourEyes = { "gitops.platform/four-eyes": "true" };
    expect(applications.map(({ metadata }) => metadata.annotations)).toEqual([
      { "gitops.platform/on-failure": "rollback", ...fourEyes },
      { "gitops.platform/on-failure": "rollback", ...fourEyes },
      { "gitops.platform/on-failure": "degrade", "gitops.platform/degrade-flag": "degraded-mode", ...fourEyes },
    ]);
  });

  test("share one AppProject, named after the environment", () => {
    const projects = objects("argoproj.io/v1alpha1:AppProject");
    expect(Object.keys(projects)).toEqual(["prod"]);
    expect(projects["prod"]?.metadata.namespace).toBe("argocd");
  });
});
