/**
 * Every kind that an application may bring, and nothing else: no Secret, no RBAC, no Namespace, no quota.
 * Canary, ScaledObject and HTTPRoute belong to progressive delivery and autoscaling.
 */
export const allowedKinds = [
  { group: "", kind: "ConfigMap" },
  { group: "", kind: "Service" },
  { group: "", kind: "ServiceAccount" },
  { group: "apps", kind: "Deployment" },
  { group: "autoscaling", kind: "HorizontalPodAutoscaler" },
  { group: "flagger.app", kind: "Canary" },
  { group: "gateway.networking.k8s.io", kind: "HTTPRoute" },
  { group: "keda.sh", kind: "ScaledObject" },
  { group: "networking.k8s.io", kind: "Ingress" },
  { group: "networking.k8s.io", kind: "NetworkPolicy" },
  { group: "policy", kind: "PodDisruptionBudget" },
] as const;
