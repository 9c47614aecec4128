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

const rbacGroup = "rbac.authorization.k8s.io";

/**
 * The Roles of an environment's namespace, and who has them, as data: the program makes these objects, and Open Cluster
 * Management brings back the same ones. Each binding comes after the Role that it names.
 */
export function rbacObjects({ name, namespace }: Pick<DeliveryEnvironment, "name" | "namespace">, groups: Groups) {
  const metadata = (object: string) => ({ name: object, namespace, labels: { [labels.environment]: name } });
  const role = (object: string, rules: readonly PolicyRule[]) => ({
    apiVersion: `${rbacGroup}/v1` as const,
    kind: "Role" as const,
    metadata: metadata(object),
    rules: [...rules],
  });
  const bind = (kind: "Role" | "ClusterRole", object: string, binding: string, members: readonly string[]) => ({
    apiVersion: `${rbacGroup}/v1` as const,
    kind: "RoleBinding" as const,
    metadata: metadata(binding),
    roleRef: { apiGroup: rbacGroup, kind, name: object },
    subjects: members.map((group) => ({ apiGroup: rbacGroup, kind: "Group", name: group })),
  });
  return {
    roles: [role("gitops-viewer", viewerRules), role("gitops-deployer", deployerRules)],
    bindings: [
      bind("Role", "gitops-viewer", "gitops-viewer", [...groups.viewer, ...groups.deployer]),
      bind("Role", "gitops-deployer", "gitops-deployer", groups.deployer),
      // The built-in role for the owner of a namespace; it stops at the namespace's border.
      bind("ClusterRole", "admin", "gitops-admin", groups.admin),
    ],
  };
}
