import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { Role } from "@pulumi/kubernetes/rbac/v1/role.js";
import { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import { labels } from "../../labels.ts";
import type { DeliveryEnvironment } from "../environment.ts";
import { allowedKinds, resourceOf } from "../kinds.ts";

import { reconcilerName } from "./names.ts";

interface PolicyRule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
}

/** To apply on the server's side, to prune, and to wait. */
const verbs = ["get", "list", "watch", "create", "update", "patch", "delete"];

/**
 * The kinds of the AppProject and no other, so that both engines refuse the same. The second rule only looks: the health
 * of a Deployment is also that of its pods (fluxcd/cli-utils v1.2.3, pkg/kstatus/polling/statusreaders).
 */
export function reconcilerRules(): readonly PolicyRule[] {
  const groups = new Map<string, string[]>();
  for (const { group, kind } of allowedKinds) groups.set(group, [...(groups.get(group) ?? []), resourceOf[kind]]);
  return [
    ...[...groups].map(([group, resources]) => ({ apiGroups: [group], resources, verbs: [...verbs] })),
    { apiGroups: ["apps"], resources: ["replicasets"], verbs: ["get", "list", "watch"] },
    { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] },
  ];
}

/**
 * Whom kustomize-controller impersonates in the environment's namespace, with rights there and nowhere else.
 * @returns what a Kustomization needs as long as it is there, for its deletion too
 */
export function createReconciler({ name, namespace }: DeliveryEnvironment, options: CustomResourceOptions): Resource[] {
  const metadata = { name: reconcilerName, namespace, labels: { [labels.environment]: name } };
  const resource = `${name}-${reconcilerName}`;
  // Impersonated by name: no pod runs as it, and it needs no token.
  const account = new ServiceAccount(resource, { metadata, automountServiceAccountToken: false }, options);
  const role = new Role(resource, { metadata, rules: [...reconcilerRules()] }, options);
  const binding = new RoleBinding(
    resource,
    {
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: reconcilerName },
      subjects: [{ kind: "ServiceAccount", name: reconcilerName, namespace }],
    },
    { ...options, dependsOn: [role, account] },
  );
  return [account, role, binding];
}
