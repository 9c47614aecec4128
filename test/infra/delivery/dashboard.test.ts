import { beforeAll, describe, expect, test } from "@jest/globals";

import { objectOf, recordingTimeout, recordStack } from "../stacks/stack.ts";
import type { RecordedStack } from "../stacks/stack.ts";

const host = "dashboard.example.com";
const image = `registry.example.com/gitops-dashboard@sha256:${"ab".repeat(32)}`;
const annotations = { "example.com/sign-in": "https://sign-in.example.com" };
const ingress = { className: "nginx", namespace: "ingress", annotations };

let stack: RecordedStack;
beforeAll(async () => {
  const dashboard = { enabled: true, host, image, ingress };
  stack = await recordStack("prod", { dashboard });
}, recordingTimeout);

const own = () => {
  const [component] = stack.all("gitops:delivery:Dashboard");
  return component === undefined ? [] : stack.within(component);
};
const one = (type: string) => {
  const found = own().filter((resource) => resource.type.endsWith(`:${type}`));
  expect(found).toHaveLength(1);
  return objectOf(found[0]!);
};

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

describe("the page in the cluster", () => {
  test("may read what it shows, where that is, and nothing secret", () => {
    const roles = own().filter(({ type }) => type.endsWith(":Role"));
    expect(roles.map((role) => objectOf(role).metadata.namespace).sort()).toEqual(["argocd", "prod"]);
    const rules = roles.flatMap(({ inputs }) => inputs["rules"] as readonly Rule[]);
    expect(rules.flatMap(({ resources }) => resources).sort()).toEqual([
      "applications",
      "appprojects",
      "canaries",
      "deployments",
      "horizontalpodautoscalers",
      "scaledobjects",
    ]);
    expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(["get", "list", "watch"]));
    const bindings = own().filter(({ type }) => type.endsWith(":RoleBinding"));
    for (const { inputs } of bindings) {
      const subject = { kind: "ServiceAccount", name: "gitops-dashboard", namespace: "gitops-dashboard" };
      expect(inputs["subjects"]).toEqual([subject]);
    }
    expect(own().filter(({ type }) => /ClusterRole|Secret$/.test(type))).toEqual([]);
  });

  test("runs what its digest says, hardened, read-only, and by the name of its host", () => {
    const { spec } = one("Deployment");
    expect(spec).toMatchObject({
      replicas: 2,
      template: {
        spec: {
          serviceAccountName: "gitops-dashboard",
          securityContext: { runAsNonRoot: true },
          containers: [
            {
              image,
              args: ["dashboard", "--behind-proxy", host, "--host", "0.0.0.0", "--port", "8080"],
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ["ALL"] },
                seccompProfile: { type: "RuntimeDefault" },
              },
              readinessProbe: { httpGet: { path: "/healthz" } },
              livenessProbe: { httpGet: { path: "/healthz" } },
              resources: { requests: { memory: expect.anything() }, limits: { memory: expect.anything() } },
            },
          ],
        },
      },
    });
    expect(JSON.stringify(spec)).not.toContain("--allow-actions");
  });

  test("lets nobody in but the ingress controller, which signs people in", () => {
    const policies = own().filter(({ type }) => type.endsWith(":NetworkPolicy"));
    const named = new Map(policies.map((policy) => [objectOf(policy).metadata.name, objectOf(policy).spec]));
    expect([...named.keys()].sort()).toEqual(["default-deny", "gitops-dashboard"]);
    expect(named.get("default-deny")).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    expect(named.get("gitops-dashboard")).toMatchObject({
      podSelector: { matchLabels: { "app.kubernetes.io/name": "gitops-dashboard" } },
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress" } } }] }],
    });
    const declared = one("Ingress");
    expect(declared.metadata).toMatchObject({ annotations });
    expect(declared.spec).toMatchObject({
      ingressClassName: "nginx",
      tls: [{ hosts: [host] }],
      rules: [{ host }],
    });
    expect(objectOf(own().find(({ type }) => type.endsWith(":Namespace"))!).metadata.labels).toMatchObject({
      "pod-security.kubernetes.io/enforce": "restricted",
    });
  });

  test(
    "is in no stack that does not ask for it",
    async () => {
      expect((await recordStack("prod")).all("gitops:delivery:Dashboard")).toEqual([]);
    },
    recordingTimeout,
  );
});
