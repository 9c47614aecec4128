import type { OcmConfig } from "../../config/compliance.ts";
import { images } from "../../versions.ts";

import { apiVersions } from "./names.ts";

/**
 * The two add-ons that carry policies to a cluster and enforce them there, with the key that their charts have for the
 * image (open-cluster-management-io/governance-policy-addon-controller v0.19.0, README.md and values.yaml of
 * pkg/addon/policyframework and pkg/addon/configpolicy).
 */
const addOns = {
  "governance-policy-framework": { key: "governance_policy_framework_addon", image: images.ocmPolicyFramework },
  "config-policy-controller": { key: "config_policy_controller", image: images.ocmConfigPolicy },
} as const;

/** A ManagedClusterAddOn each, in the namespace that the hub has for the cluster; its controller does the rest. */
export function policyAddOns({ managedCluster }: OcmConfig) {
  return Object.entries(addOns).map(([name, { key, image }]) => {
    const values = { global: { imageOverrides: { [key]: `${image.repository}:${image.tag}` } } };
    return {
      apiVersion: apiVersions.addOn,
      kind: "ManagedClusterAddOn",
      metadata: {
        name,
        namespace: managedCluster,
        annotations: { "addon.open-cluster-management.io/values": JSON.stringify(values) },
      },
      spec: { installNamespace: "open-cluster-management-agent-addon" },
    };
  });
}
