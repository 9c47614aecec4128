import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import type { CustomResourceOptions } from "@pulumi/pulumi/resource.js";

/** Strictest Pod Security Standard; every controller's pods meet it (see their security contexts). */
export const restrictedPodSecurity = {
  "pod-security.kubernetes.io/enforce": "restricted",
  "pod-security.kubernetes.io/audit": "restricted",
  "pod-security.kubernetes.io/warn": "restricted",
} as const;

/** The namespace of a controller. Helm does not make it: it would carry no labels, and stay when the release goes. */
export function createControllerNamespace(name: string, options: CustomResourceOptions): Namespace {
  return new Namespace(`${name}-namespace`, { metadata: { name, labels: { ...restrictedPodSecurity } } }, options);
}
