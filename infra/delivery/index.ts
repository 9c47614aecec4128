import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions, ProviderResource, Resource } from "@pulumi/pulumi/resource.js";

import type { Groups } from "../config/delivery.ts";

import { createAlertProvider } from "./alerts.ts";
import type { Alerts } from "./alerts.ts";
import type { GitOpsEngine } from "./engine.ts";
import type { DeliveryEnvironment } from "./environment.ts";
import { createFlagd } from "./flagd.ts";
import { createNamespace } from "./namespace.ts";
import { createRbac } from "./rbac.ts";

export interface EnvironmentDeliveryArgs {
  readonly environment: DeliveryEnvironment;
  readonly groups: Groups;
  /** What brings the environment's branch into its namespace. */
  readonly engine: GitOpsEngine;
  readonly provider: ProviderResource;
  /** The controllers: they must outlive every custom resource, whose finalizers they handle. */
  readonly controllers: readonly Resource[];
  /** Whether this program runs flagd, as it runs the controllers; otherwise it is there. */
  readonly flagd: boolean;
  /** Where Flagger tells how releases go. */
  readonly alerts: Alerts;
}

export interface RemoteDeliveryArgs extends Pick<
  EnvironmentDeliveryArgs,
  "environment" | "engine" | "provider" | "controllers"
> {
  /** What makes its cluster known to the engine. */
  readonly cluster: Resource;
}

/** One environment in the cluster of another stack, which has its namespace and RBAC: what the engine has for it here. */
export class RemoteDelivery extends ComponentResource {
  public constructor(args: RemoteDeliveryArgs, options?: ComponentResourceOptions) {
    const { environment, engine, provider, cluster, controllers } = args;
    super("gitops:delivery:RemoteEnvironment", environment.name, {}, options);
    engine.deliver(environment, { options: { parent: this, provider }, namespace: [cluster], controllers });
    this.registerOutputs({});
  }
}

/** One environment: its namespace and RBAC, and what its GitOps engine has for it. */
export class EnvironmentDelivery extends ComponentResource {
  /** Names of the Applications, or of the Kustomizations. */
  public readonly applications: readonly string[];

  public constructor(args: EnvironmentDeliveryArgs, options?: ComponentResourceOptions) {
    const { environment, groups, controllers, engine } = args;
    super("gitops:delivery:Environment", environment.name, {}, options);
    const child = { parent: this, provider: args.provider };
    const namespace = createNamespace(environment, { ...child, dependsOn: [...controllers] });
    createRbac(environment, groups, { ...child, dependsOn: namespace });
    if (args.flagd) createFlagd(environment, { ...child, dependsOn: namespace });
    createAlertProvider(environment, args.alerts, { ...child, dependsOn: namespace });
    this.applications = engine.deliver(environment, { options: child, namespace, controllers });
    this.registerOutputs({ applications: this.applications });
  }
}
