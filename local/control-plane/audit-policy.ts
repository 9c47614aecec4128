/**
 * What the API server's audit log holds (audit.k8s.io/v1): who changed what, and what people tried to read; without
 * bodies, so that no Secret reaches the log.
 *
 * A policy is asked before the answer is known, so "denied" cannot be selected. Denied writes are in because writes
 * are; denied reads are in because reads of everybody who can be denied one are, watches and controllers aside.
 */
export const auditPolicy = {
  apiVersion: "audit.k8s.io/v1",
  kind: "Policy",
  omitStages: ["RequestReceived"],
  rules: [
    // The cluster's own parts, which write all the time.
    {
      level: "None",
      users: ["system:apiserver", "system:kube-controller-manager", "system:kube-scheduler", "gitops:kwok"],
    },
    { level: "None", userGroups: ["system:serviceaccounts:kube-system"] },
    { level: "None", nonResourceURLs: ["/healthz*", "/livez*", "/readyz*", "/version", "/openapi*", "/api*"] },
    {
      level: "None",
      resources: [
        { group: "", resources: ["events"] },
        { group: "events.k8s.io" },
        { group: "coordination.k8s.io", resources: ["leases"] },
        // Controllers ask these before each action; they change nothing.
        { group: "authentication.k8s.io", resources: ["tokenreviews"] },
        { group: "authorization.k8s.io" },
      ],
    },
    { level: "Metadata", verbs: ["create", "update", "patch", "delete", "deletecollection"] },
    // The administrator of the platform is never denied; controllers read too much.
    { level: "None", userGroups: ["system:masters", "system:serviceaccounts"] },
    { level: "Metadata", verbs: ["get", "list"] },
    { level: "None" },
  ],
} as const;
