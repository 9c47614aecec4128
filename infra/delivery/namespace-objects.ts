import type { Quota } from "../environments.ts";
import { labels } from "../labels.ts";

import type { DeliveryEnvironment } from "./environment.ts";

/** Strictest Pod Security Standard, in all three modes. */
export const podSecurityLabels = {
  "pod-security.kubernetes.io/enforce": "restricted",
  "pod-security.kubernetes.io/audit": "restricted",
  "pod-security.kubernetes.io/warn": "restricted",
} as const;

/** Name of the NetworkPolicy that closes the namespace of an environment. */
export const defaultDenyName = "default-deny";

/** Requests and limits of a container that states none; an application is expected to state its own. */
const containerDefaults = {
  defaultRequest: { cpu: "100m", memory: "64Mi" },
  default: { cpu: "500m", memory: "256Mi" },
};

/** What of an environment its namespace depends on. */
export type NamespaceFacts = Pick<DeliveryEnvironment, "name" | "namespace" | "quota">;

/**
 * The namespace of an environment and what guards it, as data: the program makes these objects, and Open Cluster
 * Management brings back the same ones.
 */
export function namespaceObjects({ name, namespace, quota }: NamespaceFacts) {
  const metadata = (object: string) => ({ name: object, namespace, labels: { [labels.environment]: name } });
  return {
    namespace: {
      apiVersion: "v1" as const,
      kind: "Namespace" as const,
      metadata: { name: namespace, labels: { [labels.environment]: name, ...podSecurityLabels } },
    },
    quota: {
      apiVersion: "v1" as const,
      kind: "ResourceQuota" as const,
      metadata: metadata("environment"),
      spec: { hard: quotaLimits(quota) },
    },
    limits: {
      apiVersion: "v1" as const,
      kind: "LimitRange" as const,
      metadata: metadata("container-defaults"),
      spec: { limits: [{ type: "Container", ...containerDefaults }] },
    },
    defaultDeny: {
      apiVersion: "networking.k8s.io/v1" as const,
      kind: "NetworkPolicy" as const,
      metadata: metadata(defaultDenyName),
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    },
    /** Everybody's service account: Kubernetes makes it, and a pod that names no other one has its token. */
    defaultAccount: {
      apiVersion: "v1" as const,
      kind: "ServiceAccount" as const,
      metadata: { name: "default", namespace },
      automountServiceAccountToken: false,
    },
  };
}

/** As `spec.hard` of a ResourceQuota. */
export function quotaLimits(quota: Quota): Record<string, string> {
  return {
    "requests.cpu": quota.requestsCpu,
    "requests.memory": quota.requestsMemory,
    "limits.cpu": quota.limitsCpu,
    "limits.memory": quota.limitsMemory,
    "pods": String(quota.pods),
  };
}
