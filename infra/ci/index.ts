import type { ProviderResource, Resource } from "@pulumi/pulumi/resource.js";

import type { CiConfig } from "../config/ci.ts";
import type { DeliveryOverrides } from "../config/delivery.ts";
import { environments } from "../environments.ts";
import type { StackProfile } from "../environments.ts";

import { JenkinsX } from "./jenkins-x/index.ts";
import { Tekton } from "./tekton/index.ts";

export interface CiArgs {
  readonly config: CiConfig;
  /** Repository of the platform, which releases are written to. */
  readonly repository: string;
  /** Where environments follow other branches than `infra/environments.ts` says. */
  readonly delivery: DeliveryOverrides;
  readonly profile: StackProfile;
  readonly provider: ProviderResource;
  /** Controllers, whose certificates and priorities are used. */
  readonly dependsOn: readonly Resource[];
}

/** CI in the cluster. `github-actions` runs elsewhere: nothing is installed for it. */
export function installCi({ config, repository, delivery, profile, provider, dependsOn }: CiArgs): void {
  switch (config.kind) {
    case "github-actions":
      return;
    case "tekton": {
      const branchOf = (name: keyof typeof environments) => delivery[name]?.branch ?? environments[name].branch;
      const branches = { dev: branchOf("dev"), staging: branchOf("staging"), prod: branchOf("prod") };
      new Tekton({ config, platform: repository, branches, profile, provider, dependsOn });
      return;
    }
    case "jenkins-x":
      new JenkinsX({ config, provider, dependsOn });
  }
}
