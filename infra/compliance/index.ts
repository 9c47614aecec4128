import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions, ProviderResource, Resource } from "@pulumi/pulumi/resource.js";

import type { ComplianceConfig } from "../config/compliance.ts";
import type { Groups } from "../config/delivery.ts";
import type { DeliveryEnvironment } from "../delivery/environment.ts";

import { createAdmission } from "./admission/index.ts";
import { createOcm } from "./ocm/index.ts";

export interface ComplianceArgs {
  readonly config: ComplianceConfig;
  readonly environments: readonly DeliveryEnvironment[];
  readonly groups: Groups;
  readonly provider: ProviderResource;
  /** What must be there before any object, such as the API server. */
  readonly dependsOn: readonly Resource[];
  /** The environments: what brings their objects back must be gone before they go. */
  readonly delivered: readonly Resource[];
}

/** The controls of `controls.ts`, enforced in the cluster. */
export class Compliance extends ComponentResource {
  public constructor(args: ComplianceArgs, options?: ComponentResourceOptions) {
    super("gitops:compliance:Compliance", "compliance", {}, options);
    const { config, environments, groups, provider } = args;
    const child = { parent: this, provider };
    const served = environments.map(({ name }) => name);
    createAdmission(served, config.admission, { ...child, dependsOn: [...args.dependsOn] });
    if (config.ocm !== undefined) {
      createOcm({ config: config.ocm, environments, groups }, { ...child, dependsOn: [...args.delivered] });
    }
    this.registerOutputs({});
  }
}
