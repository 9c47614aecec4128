import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { Role } from "@pulumi/kubernetes/rbac/v1/role.js";
import { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import { labels } from "../../labels.ts";
import { applierRules } from "../applier-rules.ts";
import type { DeliveryEnvironment } from "../environment.ts";

import { reconcilerName } from "./names.ts";

/**
 * Whom kustomize-controller impersonates in the environment's namespace, with rights there and nowhere else.
 * @returns what a Kustomization needs as long as it is there, for its deletion too
 */
export function createReconciler({ name, namespace }: DeliveryEnvironment, options: CustomResourceOptions): Resource[] {
  const metadata = { name: reconcilerName, namespace, labels: { [labels.environment]: name } };
  const resource = `${name}-${reconcilerName}`;
  // Impersonated by name: no pod runs as it, and it needs no token.
  const account = new ServiceAccount(resource, { metadata, automountServiceAccountToken: false }, options);
  const role = new Role(resource, { metadata, rules: [...applierRules()] }, options);
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
