import { labels } from "../../infra/labels.ts";

/** An object that is offered to the API server and never kept. */
export interface Probe {
  /** Where it is posted, without the query; the name of the namespace is in it. */
  readonly path: string;
  readonly object: Readonly<Record<string, unknown>>;
}

const name = "gitops-compliance-probe";
const rbac = "rbac.authorization.k8s.io";

interface Changes {
  readonly container?: object;
  readonly security?: object;
  readonly pod?: object;
}

/** A Deployment that every rule allows, but for what is given. */
function deployment(namespace: string, { container = {}, security = {}, pod = {} }: Changes): Probe {
  const labelled = { "app.kubernetes.io/name": name };
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, ...security };
  const resources = { requests: { cpu: "1m", memory: "1Mi" }, limits: { memory: "1Mi" } };
  const one = { name: "probe", image: "registry.example/probe:1.0.0", resources, securityContext, ...container };
  return {
    path: `/apis/apps/v1/namespaces/${namespace}/deployments`,
    object: {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, namespace },
      spec: {
        selector: { matchLabels: labelled },
        template: {
          metadata: { labels: labelled },
          spec: {
            automountServiceAccountToken: false,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
            containers: [one],
            ...pod,
          },
        },
      },
    },
  };
}

const ofGroup = (namespace: string, plural: string, object: object): Probe => ({
  path: `/apis/${rbac}/v1/namespaces/${namespace}/${plural}`,
  object: { apiVersion: `${rbac}/v1`, metadata: { name, namespace }, ...object },
});

/** Where a probe is tried. */
export interface ProbePlace {
  readonly environment: string;
  readonly namespace: string;
}

/** What every rule allows. */
export const allowedProbe = ({ namespace }: ProbePlace): Probe => deployment(namespace, {});

/** By rule of admission: an object that breaks this rule and no other, so that its refusal proves this rule. */
export const violatingProbes: Readonly<Record<string, (place: ProbePlace) => Probe>> = {
  "image-pinned": ({ namespace }) => deployment(namespace, { container: { image: "registry.example/probe:latest" } }),
  "workload-non-root": ({ namespace }) => deployment(namespace, { security: { runAsUser: 0 } }),
  "workload-no-privileged": ({ namespace }) =>
    deployment(namespace, { security: { capabilities: { drop: ["ALL"], add: ["NET_ADMIN"] } } }),
  "workload-no-host": ({ namespace }) =>
    deployment(namespace, { pod: { volumes: [{ name: "node", hostPath: { path: "/" } }] } }),
  "workload-resources": ({ namespace }) => deployment(namespace, { container: { resources: {} } }),
  "service-account-token": ({ namespace }) => deployment(namespace, { pod: { automountServiceAccountToken: true } }),
  "network-default-deny": ({ namespace }) => ({
    path: `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`,
    object: {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name, namespace },
      spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{}] },
    },
  }),
  "namespace-pod-security": ({ environment }) => ({
    path: "/api/v1/namespaces",
    object: { apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { [labels.environment]: environment } } },
  }),
  "rbac-no-wildcards": ({ namespace }) =>
    ofGroup(namespace, "roles", { kind: "Role", rules: [{ apiGroups: [""], resources: ["*"], verbs: ["get"] }] }),
  "rbac-no-cluster-admin": ({ namespace }) =>
    ofGroup(namespace, "rolebindings", {
      kind: "RoleBinding",
      roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "cluster-admin" },
      subjects: [{ apiGroup: rbac, kind: "Group", name }],
    }),
};
