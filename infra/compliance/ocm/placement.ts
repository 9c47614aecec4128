import type { OcmConfig } from "../../config/compliance.ts";

import { apiVersions, ocmPolicyName, placementName } from "./names.ts";

/** The namespace for policies, and the right to place them on clusters of the set. */
export function clusterSetBinding({ namespace, clusterSet }: OcmConfig) {
  return {
    apiVersion: apiVersions.clusterSetBinding,
    kind: "ManagedClusterSetBinding",
    // The name has to be that of the set (CRD of ManagedClusterSetBinding).
    metadata: { name: clusterSet, namespace },
    spec: { clusterSet },
  };
}

/** The cluster of this stack, and no other one of the set. */
export function placement({ namespace, clusterSet, managedCluster }: OcmConfig) {
  return {
    apiVersion: apiVersions.placement,
    kind: "Placement",
    metadata: { name: placementName, namespace },
    spec: {
      clusterSets: [clusterSet],
      predicates: [
        {
          requiredClusterSelector: {
            celSelector: { celExpressions: [`managedCluster.metadata.name == ${JSON.stringify(managedCluster)}`] },
          },
        },
      ],
      // A cluster that the hub has lost sight of keeps its policies.
      tolerations: [
        { key: "cluster.open-cluster-management.io/unreachable", operator: "Exists" },
        { key: "cluster.open-cluster-management.io/unavailable", operator: "Exists" },
      ],
    },
  };
}

/** Binds the policies to the placement. @param controls whose policies there are */
export function placementBinding({ namespace }: OcmConfig, controls: readonly string[]) {
  return {
    apiVersion: apiVersions.policy,
    kind: "PlacementBinding",
    metadata: { name: placementName, namespace },
    placementRef: { apiGroup: "cluster.open-cluster-management.io", kind: "Placement", name: placementName },
    subjects: controls.map((control) => ({
      apiGroup: "policy.open-cluster-management.io",
      kind: "Policy",
      name: ocmPolicyName(control),
    })),
  };
}
