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

type AllowedKind = (typeof allowedKinds)[number]["kind"];

/** Plural of each kind, as the rules of a Role name it. */
export const resourceOf: Readonly<Record<AllowedKind, string>> = {
  ConfigMap: "configmaps",
  Service: "services",
  ServiceAccount: "serviceaccounts",
  Deployment: "deployments",
  HorizontalPodAutoscaler: "horizontalpodautoscalers",
  Canary: "canaries",
  HTTPRoute: "httproutes",
  ScaledObject: "scaledobjects",
  Ingress: "ingresses",
  NetworkPolicy: "networkpolicies",
  PodDisruptionBudget: "poddisruptionbudgets",
};
