import { reconcilerName } from "../../infra/delivery/flux/names.ts";
import type { KubernetesObject } from "../kubernetes/rest-client.ts";

import { fluxNamespace, processNames } from "./names.ts";

/** A rule of a Role. */
export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** Nothing here opens a repository with a Secret, decrypts one, or asks a cloud for an identity. */
const unused: readonly string[] = ["secrets", "configmaps", "serviceaccounts", "serviceaccounts/token"];

/** Upstream's rules (config/rbac/role.yaml of each module) without Secrets, ConfigMaps and the tokens of others. */
export function ownRules(upstream: readonly Rule[]): readonly Rule[] {
  return upstream
    .map((rule) => ({ ...rule, resources: rule.resources.filter((resource) => !unused.includes(resource)) }))
    .filter(({ resources }) => resources.length > 0);
}

/**
 * kustomize-controller writes workloads as nobody but the environments' own accounts. Upstream makes it administrator of
 * the cluster (config/rbac/cluster_role_binding.yaml) and restricts it by impersonation; here it has that alone.
 */
export const impersonation: Rule = {
  apiGroups: [""],
  resources: ["serviceaccounts"],
  resourceNames: [reconcilerName],
  verbs: ["impersonate"],
};

const rbac = "rbac.authorization.k8s.io";
const apiVersion = `${rbac}/v1`;

/** Service account, role and binding of each controller. */
export function fluxRights(upstream: {
  readonly source: readonly Rule[];
  readonly kustomize: readonly Rule[];
}): readonly KubernetesObject[] {
  return [
    ...rights(processNames.source, ownRules(upstream.source)),
    ...rights(processNames.kustomize, [...ownRules(upstream.kustomize), impersonation]),
  ];
}

function rights(account: string, rules: readonly Rule[]): readonly KubernetesObject[] {
  const name = `flux-${account}`;
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: account, namespace: fluxNamespace } },
    { apiVersion, kind: "ClusterRole", metadata: { name }, rules },
    {
      apiVersion,
      kind: "ClusterRoleBinding",
      metadata: { name },
      roleRef: { apiGroup: rbac, kind: "ClusterRole", name },
      subjects: [{ kind: "ServiceAccount", name: account, namespace: fluxNamespace }],
    },
  ];
}
