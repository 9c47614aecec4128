import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import type { CustomResourceOptions } from "@pulumi/pulumi/resource.js";

/** A Pod Security Standard below `restricted`: the policy pack refuses it without a waiver that says why. */
export type OpenPodSecurity = "baseline" | "privileged";

/** A namespace whose pods need more than the strictest standard; what would break the strictest is still reported. */
export function createOpenNamespace(name: string, enforce: OpenPodSecurity, options: CustomResourceOptions): Namespace {
  const labels = {
    "pod-security.kubernetes.io/enforce": enforce,
    "pod-security.kubernetes.io/audit": "restricted",
    "pod-security.kubernetes.io/warn": "restricted",
  };
  return new Namespace(`${name}-namespace`, { metadata: { name, labels } }, options);
}
