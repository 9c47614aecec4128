import type { ProviderResource, Resource } from "@pulumi/pulumi/resource.js";

import { clusterName } from "../../config/clusters.ts";
import type { ClustersConfig } from "../../config/clusters.ts";
import type { DeliveryOverrides } from "../../config/delivery.ts";
import type { Deployment } from "../discovery.ts";
import type { GitOpsEngine } from "../engine.ts";
import { deliveryEnvironments } from "../environment.ts";
import type { DeliveryEnvironment } from "../environment.ts";
import { RemoteDelivery } from "../index.ts";

import { RemoteCluster } from "./remote-cluster.ts";

export interface DeliverElsewhereArgs {
  readonly config: { readonly clusters: ClustersConfig; readonly delivery: DeliveryOverrides };
  readonly deployments: readonly Deployment[];
  readonly engine: GitOpsEngine;
  readonly provider: ProviderResource;
  /** Argo CD: it must outlive every Application, whose finalizers it handles. */
  readonly controllers: readonly Resource[];
}

/** Makes the clusters of other stacks known to Argo CD, and delivers their environments. @returns those environments */
export function deliverElsewhere(args: DeliverElsewhereArgs): readonly DeliveryEnvironment[] {
  const { config, deployments, engine, provider, controllers } = args;
  return config.clusters.flatMap((entry) => {
    const remoteCluster = clusterName(entry);
    const environments = deliveryEnvironments(entry.environments, config.delivery, deployments).map(
      (environment): DeliveryEnvironment => ({ ...environment, remoteCluster }),
    );
    const cluster = new RemoteCluster({ config: entry, environments, provider, dependsOn: controllers }).secret;
    for (const environment of environments) new RemoteDelivery({ environment, engine, provider, cluster, controllers });
    return environments;
  });
}
