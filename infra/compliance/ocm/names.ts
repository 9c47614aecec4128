/** Groups and versions of Open Cluster Management's kinds (the CRDs of open-cluster-management-io/api v1.3.0). */
export const apiVersions = {
  /** Policy, ConfigurationPolicy, PlacementBinding (open-cluster-management-io/governance-policy-propagator v0.19.0). */
  policy: "policy.open-cluster-management.io/v1",
  placement: "cluster.open-cluster-management.io/v1beta1",
  clusterSetBinding: "cluster.open-cluster-management.io/v1beta2",
  addOn: "addon.open-cluster-management.io/v1alpha1",
} as const;

/** Name of the Placement, and of the PlacementBinding. */
export const placementName = "gitops-compliance";

/** Name of the Policy of a control. */
export const ocmPolicyName = (control: string): string => `gitops-${control}`;
