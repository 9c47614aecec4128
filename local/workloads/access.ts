import type { Identity } from "../certificates/index.ts";

const name = "gitops-local:workloads";

/** As whom the process talks to the API server. */
export const workloadsIdentity: Identity = { name: "gitops:workloads" };

/**
 * What a node may do that runs pods: report them, and remove those that ended. Besides it reads what decides where
 * requests go, and the flags; no Secret.
 */
export const workloadsAccess = [
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name },
    rules: [
      { apiGroups: [""], resources: ["pods"], verbs: ["list", "watch", "delete"] },
      { apiGroups: [""], resources: ["pods/status"], verbs: ["patch"] },
      { apiGroups: [""], resources: ["services", "configmaps"], verbs: ["list", "watch"] },
      { apiGroups: ["gateway.networking.k8s.io"], resources: ["httproutes"], verbs: ["list", "watch"] },
    ],
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: workloadsIdentity.name }],
  },
] as const;
