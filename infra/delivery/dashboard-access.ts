import { Role } from "@pulumi/kubernetes/rbac/v1/role.js";
import { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding.js";
import type { CustomResourceOptions } from "@pulumi/pulumi/resource.js";

import { argocdNamespace } from "../crds/argocd.ts";

/** Reads; Secrets, ConfigMaps and pods are not among them. */
const verbs = ["get", "list", "watch"];

/** What runs, for each environment. */
const workloadRules = [
  { apiGroups: ["apps"], resources: ["deployments"], verbs },
  { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs },
  { apiGroups: ["flagger.app"], resources: ["canaries"], verbs },
  { apiGroups: ["keda.sh"], resources: ["scaledobjects"], verbs },
];

/** What shall run, and when it may be synced. */
const deliveryRules = [{ apiGroups: ["argoproj.io"], resources: ["applications", "appprojects"], verbs }];

/**
 * Lets the page read what it shows, in the namespaces where that is: a ClusterRole would reach all others too.
 * @param namespaces of the environments
 */
export function grantDashboard(
  name: string,
  home: string,
  namespaces: readonly string[],
  options: CustomResourceOptions,
): void {
  const grants = [
    [argocdNamespace, deliveryRules] as const,
    ...namespaces.map((namespace) => [namespace, workloadRules] as const),
  ];
  for (const [namespace, rules] of grants) {
    const metadata = { name, namespace };
    const role = new Role(`${name}-${namespace}`, { metadata, rules: [...rules] }, options);
    new RoleBinding(
      `${name}-${namespace}`,
      {
        metadata,
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
        subjects: [{ kind: "ServiceAccount", name, namespace: home }],
      },
      { ...options, dependsOn: [options.dependsOn ?? [], role].flat() as Role[] },
    );
  }
}
