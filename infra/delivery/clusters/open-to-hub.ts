import type { Output } from "@pulumi/pulumi/output.js";
import type { Resource } from "@pulumi/pulumi/resource.js";

import type { PlatformCluster } from "../../cluster/index.ts";
import type { ClusterConfig } from "../../config/cluster.ts";
import type { ArgocdConfig } from "../../config/controllers.ts";
import type { DeliveryEnvironment } from "../environment.ts";

import type { HubAccess } from "./hub-access.ts";
import { SpokeAccess } from "./spoke-access.ts";

export interface OpenToHubArgs {
  readonly config: { readonly argocd: ArgocdConfig; readonly cluster: ClusterConfig };
  readonly cluster: PlatformCluster;
  readonly environments: readonly DeliveryEnvironment[];
  /** The namespaces of the environments. */
  readonly delivered: readonly Resource[];
}

/** Lets the Argo CD of another stack in, where the configuration says so. @returns what it needs for that; secret */
export function openToHub({ config, cluster, environments, delivered }: OpenToHubArgs): Output<HubAccess> | undefined {
  if (config.argocd.managedBy === "self") return undefined;
  const spoke = new SpokeAccess({
    cluster,
    context: config.cluster.kind === "existing" ? config.cluster.context : undefined,
    config: config.argocd,
    environments,
    dependsOn: [...cluster.ready, ...delivered],
  });
  return spoke.hubAccess;
}
