import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import type { OcmConfig } from "../../config/compliance.ts";
import type { Groups } from "../../config/delivery.ts";
import { restrictedPodSecurity } from "../../controllers/namespace.ts";

import { policyAddOns } from "./add-ons.ts";
import { clusterSetBinding, placement, placementBinding } from "./placement.ts";
import { ocmControls, ocmPolicy } from "./policies.ts";
import type { GovernedEnvironment } from "./policies.ts";

export interface OcmArgs {
  readonly config: OcmConfig;
  readonly environments: readonly GovernedEnvironment[];
  readonly groups: Groups;
}

/**
 * The policies on the hub, which this cluster is: Open Cluster Management runs there with the policy framework, and the
 * cluster is registered with it as `managedCluster` (docs/compliance.md).
 */
export function createOcm({ config, environments, groups }: OcmArgs, options: CustomResourceOptions): void {
  const make = (name: string, object: { apiVersion: string; kind: string; metadata: object }, after: Resource[]) =>
    new CustomResource(name, object, { ...options, dependsOn: [options.dependsOn ?? [], after].flat() as Resource[] });
  const addOns = policyAddOns(config).map((addOn) => make(`ocm-${addOn.metadata.name}`, addOn, []));
  const namespace = new Namespace(
    "ocm-policies",
    { metadata: { name: config.namespace, labels: { ...restrictedPodSecurity } } },
    options,
  );
  const after = [namespace, ...addOns];
  const binding = make("ocm-cluster-set", clusterSetBinding(config), after);
  const placed = make("ocm-placement", placement(config), [...after, binding]);
  const policies = ocmControls.map((control) =>
    make(`ocm-${control}`, ocmPolicy(control, config.namespace, environments, groups), after),
  );
  // Last made, first to go: without it the policies leave the cluster before what they guard.
  make("ocm-placement-binding", placementBinding(config, ocmControls), [...policies, placed]);
}
