import type { KubernetesObject } from "../kubernetes/rest-client.ts";

import { accounts, kedaNamespace } from "./names.ts";

/** A rule of a Role. */
export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** Upstream lets the operator patch its webhook and its APIService with certificates that it makes; here it makes none. */
const unused: readonly string[] = ["admissionregistration.k8s.io", "apiregistration.k8s.io", "coordination.k8s.io"];

const read = ["get", "list", "watch"] as const;

/**
 * The operator's rules in the whole cluster: upstream's (config/rbac/role.yaml) without `*`, which would let it read
 * every Secret, and without Secrets. It scales what infra/controllers/keda-values.ts lets it scale
 * (`enabledCustomScaledRefKinds: false`): Deployments and StatefulSets.
 */
export function operatorRules(upstream: readonly Rule[]): readonly Rule[] {
  const kept = upstream
    .filter(({ apiGroups }) => !apiGroups.some((group) => group === "*" || unused.includes(group)))
    .map((rule) => ({ ...rule, resources: rule.resources.filter((resource) => resource !== "secrets") }))
    .filter(({ resources }) => resources.length > 0);
  // kedacore/charts, keda/templates/manager/clusterrole.yaml: what stands there in place of the rules with `*`.
  const apps = ["deployments", "statefulsets"];
  return [
    ...kept,
    { apiGroups: ["apps"], resources: apps.map((kind) => `${kind}/scale`), verbs: [...read, "patch", "update"] },
    { apiGroups: ["apps"], resources: apps, verbs: read },
  ];
}

const rbac = "rbac.authorization.k8s.io";
const apiVersion = `${rbac}/v1`;

const account = (name: string): object => ({ kind: "ServiceAccount", name, namespace: kedaNamespace });

function binding(name: string, role: string, subject: object): KubernetesObject {
  const roleRef = { apiGroup: rbac, kind: "ClusterRole", name: role };
  return { apiVersion, kind: "ClusterRoleBinding", metadata: { name }, roleRef, subjects: [subject] };
}

function namespacedBinding(name: string, namespace: string, role: string, subject: object): KubernetesObject {
  const roleRef = { apiGroup: rbac, kind: "Role", name: role };
  return { apiVersion, kind: "RoleBinding", metadata: { name, namespace }, roleRef, subjects: [subject] };
}

/**
 * Service accounts, roles and bindings of operator and adapter. Upstream also lets the HPA controller read external
 * metrics; Kubernetes' own role `system:controller:horizontal-pod-autoscaler` does so already.
 */
export function kedaRights(upstream: readonly Rule[]): readonly KubernetesObject[] {
  const { operator, adapter } = accounts;
  const role = (name: string, rules: readonly Rule[]): KubernetesObject => ({
    apiVersion,
    kind: "ClusterRole",
    metadata: { name },
    rules,
  });
  return [
    ...[operator, adapter].map((name) => ({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name, namespace: kedaNamespace },
    })),
    role(operator, operatorRules(upstream)),
    binding(operator, operator, account(operator)),
    // Of Secrets only those beside it (KEDA_RESTRICT_SECRET_ACCESS): credentials of a ClusterTriggerAuthentication.
    {
      apiVersion,
      kind: "Role",
      metadata: { name: operator, namespace: kedaNamespace },
      rules: [{ apiGroups: [""], resources: ["secrets"], verbs: read }],
    },
    namespacedBinding(operator, kedaNamespace, operator, account(operator)),
    // From here on what config/metrics-server/role_binding.yaml of KEDA gives, to an account of its own.
    role(adapter, [{ apiGroups: ["keda.sh"], resources: ["scaledobjects"], verbs: read }]),
    binding(adapter, adapter, account(adapter)),
    binding("keda-system-auth-delegator", "system:auth-delegator", account(adapter)),
    namespacedBinding("keda-auth-reader", "kube-system", "extension-apiserver-authentication-reader", account(adapter)),
  ];
}
