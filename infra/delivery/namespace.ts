import { LimitRange } from "@pulumi/kubernetes/core/v1/limitRange.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { ResourceQuota } from "@pulumi/kubernetes/core/v1/resourceQuota.js";
import { ServiceAccountPatch } from "@pulumi/kubernetes/core/v1/serviceAccountPatch.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import type { DeliveryEnvironment } from "./environment.ts";
import { namespaceObjects } from "./namespace-objects.ts";

export { quotaLimits } from "./namespace-objects.ts";

/**
 * The namespace of an environment: restricted pod security, quota, default limits, no token for pods that name no
 * service account, and no traffic that an application has not asked for.
 * @returns everything that must be there before a workload
 */
export function createNamespace(environment: DeliveryEnvironment, options: CustomResourceOptions): Resource[] {
  const { name } = environment;
  const objects = namespaceObjects(environment);
  const created = new Namespace(`${name}-namespace`, objects.namespace, options);
  const within = { ...options, dependsOn: [created] };
  const { metadata, ...account } = objects.defaultAccount;
  return [
    created,
    new ResourceQuota(`${name}-quota`, objects.quota, within),
    new LimitRange(`${name}-limits`, objects.limits, within),
    new NetworkPolicy(`${name}-default-deny`, objects.defaultDeny, within),
    // A patch, because Kubernetes makes the object itself at about this time; a server-side apply takes it before or after
    // (pulumi/pulumi-kubernetes, provider/pkg/await/await.go: a creation upserts). It goes with its namespace.
    new ServiceAccountPatch(
      `${name}-default-account`,
      { ...account, metadata: { ...metadata, annotations: { "pulumi.com/patchForce": "true" } } },
      { ...within, retainOnDelete: true },
    ),
  ];
}
