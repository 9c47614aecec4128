import { Role } from "@pulumi/kubernetes/rbac/v1/role.js";
import { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding.js";
import type { CustomResourceOptions } from "@pulumi/pulumi/resource.js";

import type { Groups } from "../../config/delivery.ts";
import { labels } from "../../labels.ts";
import type { DeliveryEnvironment } from "../environment.ts";

import { sourceName } from "./names.ts";

interface PolicyRule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly resourceNames?: string[];
  readonly verbs: string[];
}

const source = "source.toolkit.fluxcd.io";
const kustomize = "kustomize.toolkit.fluxcd.io";

/** `get` of an AppProject's roles: what is followed, and how far it is. */
const viewerRules: readonly PolicyRule[] = [
  { apiGroups: [source], resources: ["gitrepositories"], verbs: ["get", "list", "watch"] },
  { apiGroups: [kustomize], resources: ["kustomizations"], verbs: ["get", "list", "watch"] },
];

/**
 * `sync` of an AppProject's roles: to ask for a sync is an annotation, to let one through is `spec.suspend`. What else a
 * patch may not change is said by the admission policy, and nothing is created or deleted.
 */
function deployerRules({ applications }: DeliveryEnvironment): readonly PolicyRule[] {
  return [
    { apiGroups: [source], resources: ["gitrepositories"], resourceNames: [sourceName], verbs: ["patch"] },
    {
      apiGroups: [kustomize],
      resources: ["kustomizations"],
      resourceNames: applications.map(({ name }) => name),
      verbs: ["patch"],
    },
  ];
}

/** Who may look at the objects of Flux in an environment, and who may have them synced. Admins have the chart's roles. */
export function createAccess(environment: DeliveryEnvironment, groups: Groups, options: CustomResourceOptions): void {
  const { name, namespace } = environment;
  const grant = (object: string, rules: readonly PolicyRule[], members: readonly string[]) => {
    const metadata = { name: object, namespace, labels: { [labels.environment]: name } };
    const role = new Role(`${name}-${object}`, { metadata, rules: [...rules] }, options);
    new RoleBinding(
      `${name}-${object}`,
      {
        metadata,
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: object },
        subjects: members.map((group) => ({ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: group })),
      },
      { ...options, dependsOn: [role] },
    );
  };
  grant("gitops-flux-viewer", viewerRules, [...groups.viewer, ...groups.deployer]);
  // A list of names that is empty would mean every name.
  if (environment.applications.length > 0) {
    grant("gitops-flux-deployer", deployerRules(environment), groups.deployer);
  }
}
