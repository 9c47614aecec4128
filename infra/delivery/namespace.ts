import { LimitRange } from "@pulumi/kubernetes/core/v1/limitRange.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { ResourceQuota } from "@pulumi/kubernetes/core/v1/resourceQuota.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import type { Quota } from "../environments.ts";
import { labels } from "../labels.ts";

import type { DeliveryEnvironment } from "./environment.ts";

/** Requests and limits of a container that states none; an application is expected to state its own. */
const containerDefaults = {
  defaultRequest: { cpu: "100m", memory: "64Mi" },
  default: { cpu: "500m", memory: "256Mi" },
} as const;

/**
 * The namespace of an environment: restricted pod security, quota, default limits, and no traffic that an application
 * has not asked for.
 * @returns everything that must be there before a workload
 */
export function createNamespace(environment: DeliveryEnvironment, options: CustomResourceOptions): Resource[] {
  const { name, namespace } = environment;
  const created = new Namespace(
    `${name}-namespace`,
    {
      metadata: {
        name: namespace,
        labels: {
          [labels.environment]: name,
          "pod-security.kubernetes.io/enforce": "restricted",
          "pod-security.kubernetes.io/audit": "restricted",
          "pod-security.kubernetes.io/warn": "restricted",
        },
      },
    },
    options,
  );
  const within = { ...options, dependsOn: [created] };
  const metadata = (object: string) => ({ name: object, namespace, labels: { [labels.environment]: name } });
  return [
    created,
    new ResourceQuota(
      `${name}-quota`,
      { metadata: metadata("environment"), spec: { hard: quotaLimits(environment.quota) } },
      within,
    ),
    new LimitRange(
      `${name}-limits`,
      { metadata: metadata("container-defaults"), spec: { limits: [{ type: "Container", ...containerDefaults }] } },
      within,
    ),
    new NetworkPolicy(
      `${name}-default-deny`,
      { metadata: metadata("default-deny"), spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } },
      within,
    ),
  ];
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
