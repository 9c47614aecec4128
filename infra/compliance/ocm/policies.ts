import type { Groups } from "../../config/delivery.ts";
import type { DeliveryEnvironment } from "../../delivery/environment.ts";
import { namespaceObjects } from "../../delivery/namespace-objects.ts";
import { rbacObjects } from "../../delivery/rbac-objects.ts";

import { configurationPolicy, withoutNamespace } from "./configuration-policy.ts";
import type { ConfigurationPolicyFacts, ObjectDefinition } from "./configuration-policy.ts";
import { apiVersions, ocmPolicyName } from "./names.ts";

/** What of an environment its policies depend on. */
export type GovernedEnvironment = Pick<DeliveryEnvironment, "name" | "namespace" | "quota">;

type Requirement = Pick<ConfigurationPolicyFacts, "compliance" | "objects">;

/**
 * By control, what an environment must have: the very objects that this program makes, so that nothing fights. Where a
 * field more would undo the control (a rule of the NetworkPolicy, a verb of a Role) nothing else may be there.
 */
const requirements: Readonly<Record<string, (environment: GovernedEnvironment, groups: Groups) => Requirement>> = {
  "network-default-deny": (environment) => only(namespaceObjects(environment).defaultDeny),
  "resource-quota": (environment) => only(namespaceObjects(environment).quota),
  "limit-range": (environment) => only(namespaceObjects(environment).limits),
  "pod-security": (environment) => ({ compliance: "musthave", objects: [namespaceObjects(environment).namespace] }),
  "service-account-token": (environment) => ({
    compliance: "musthave",
    objects: [withoutNamespace(namespaceObjects(environment).defaultAccount)],
  }),
  "rbac-roles": (environment, groups) => {
    const { roles, bindings } = rbacObjects(environment, groups);
    return only(...roles, ...bindings);
  },
  // Whatever it is called; the controller only reports what a template without a name finds.
  "rbac-no-wildcards": () => ({
    compliance: "mustnothave",
    objects: ["verbs", "resources", "apiGroups"].map(roleWithStar),
  }),
  "rbac-no-cluster-admin": () => ({
    compliance: "mustnothave",
    objects: [{ apiVersion: rbac, kind: "RoleBinding", roleRef: { kind: "ClusterRole", name: "cluster-admin" } }],
  }),
};

const rbac = "rbac.authorization.k8s.io/v1";

const roleWithStar = (field: string): ObjectDefinition => ({
  apiVersion: rbac,
  kind: "Role",
  rules: [{ [field]: ["*"] }],
});

function only(
  ...objects: readonly (ObjectDefinition & { readonly metadata: { readonly namespace?: string } })[]
): Requirement {
  return { compliance: "mustonlyhave", objects: objects.map(withoutNamespace) };
}

/** Controls that Open Cluster Management enforces or watches. */
export const ocmControls: readonly string[] = Object.keys(requirements);

/** The Policy of a control, with a ConfigurationPolicy for each environment. */
export function ocmPolicy(
  control: string,
  namespace: string,
  environments: readonly GovernedEnvironment[],
  groups: Groups,
) {
  const requirement = requirements[control];
  if (requirement === undefined) throw new Error(`"${control}" has no policy; there are ${ocmControls.join(", ")}`);
  return {
    apiVersion: apiVersions.policy,
    kind: "Policy",
    metadata: { name: ocmPolicyName(control), namespace },
    spec: {
      "disabled": false,
      // No remediationAction here: it would override that of the templates, of which some can only be watched.
      "policy-templates": environments.map((environment) => ({
        objectDefinition: configurationPolicy({
          name: `${ocmPolicyName(control)}-${environment.name}`,
          include: [environment.namespace],
          ...requirement(environment, groups),
        }),
      })),
    },
  };
}
