import { Role } from "@pulumi/kubernetes/rbac/v1/role.js";
import { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding.js";
import type { CustomResourceOptions } from "@pulumi/pulumi/resource.js";

import type { Groups } from "../config/delivery.ts";
import { labels } from "../labels.ts";

import type { DeliveryEnvironment } from "./environment.ts";

interface PolicyRule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
}

const read = ["get", "list", "watch"];

/** Looks at everything a person needs to understand a workload, and at no Secret. */
const viewerRules: readonly PolicyRule[] = [
  {
    apiGroups: [""],
    resources: ["pods", "pods/log", "services", "configmaps", "events", "resourcequotas"],
    verbs: read,
  },
  { apiGroups: ["apps"], resources: ["deployments", "replicasets"], verbs: read },
  { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: read },
  // Of an AlertProvider, where its address is: that is in a Secret.
  { apiGroups: ["flagger.app"], resources: ["canaries", "alertproviders"], verbs: read },
  { apiGroups: ["gateway.networking.k8s.io"], resources: ["httproutes"], verbs: read },
  { apiGroups: ["keda.sh"], resources: ["scaledobjects"], verbs: read },
  { apiGroups: ["networking.k8s.io"], resources: ["ingresses", "networkpolicies"], verbs: read },
  { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: read },
];

/** Restarts or patches a Deployment; creating and deleting go through Git. */
const deployerRules: readonly PolicyRule[] = [
  { apiGroups: ["apps"], resources: ["deployments"], verbs: [...read, "update"] },
];

/** The Roles of an environment's namespace, and who has them. */
export function createRbac(environment: DeliveryEnvironment, groups: Groups, options: CustomResourceOptions): void {
  const { name, namespace } = environment;
  const metadata = (object: string) => ({ name: object, namespace, labels: { [labels.environment]: name } });
  const role = (object: string, rules: readonly PolicyRule[]) =>
    new Role(`${name}-${object}`, { metadata: metadata(object), rules: [...rules] }, options);
  const bind = (
    kind: "Role" | "ClusterRole",
    object: string,
    binding: string,
    members: readonly string[],
    after: Role[],
  ) =>
    new RoleBinding(
      `${name}-${binding}`,
      {
        metadata: metadata(binding),
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind, name: object },
        subjects: members.map((group) => ({ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: group })),
      },
      { ...options, dependsOn: [options.dependsOn ?? [], after].flat() as Role[] },
    );
  const viewer = role("gitops-viewer", viewerRules);
  const deployer = role("gitops-deployer", deployerRules);
  bind("Role", "gitops-viewer", "gitops-viewer", [...groups.viewer, ...groups.deployer], [viewer]);
  bind("Role", "gitops-deployer", "gitops-deployer", groups.deployer, [deployer]);
  // The built-in role for the owner of a namespace; it stops at the namespace's border.
  bind("ClusterRole", "admin", "gitops-admin", groups.admin, []);
}
