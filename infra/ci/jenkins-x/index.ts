import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions, ProviderResource, Resource } from "@pulumi/pulumi/resource.js";

import type { JenkinsXConfig } from "../../config/ci.ts";
import { createRelease } from "../../controllers/chart-release.ts";
import { charts } from "../../versions.ts";
import { createObject } from "../create.ts";
import { createOpenNamespace } from "../namespace.ts";

import { jenkinsXNetwork } from "./network.ts";
import { operatorValues } from "./operator-values.ts";

/** Where the chart's README installs it, and where the version stream expects it. */
export const jenkinsXNamespace = "jx-git-operator";

export interface JenkinsXArgs {
  readonly config: JenkinsXConfig;
  readonly provider: ProviderResource;
  readonly dependsOn: readonly Resource[];
}

/** The Git operator of Jenkins X: it brings everything else from the environment repository. */
export class JenkinsX extends ComponentResource {
  public constructor(args: JenkinsXArgs, options?: ComponentResourceOptions) {
    super("gitops:ci:JenkinsX", "jenkins-x", {}, options);
    const child = { parent: this, provider: args.provider };
    // The chart sets no security context, which `restricted` asks for.
    const namespace = createOpenNamespace(jenkinsXNamespace, "baseline", { ...child, dependsOn: [...args.dependsOn] });
    const policies = jenkinsXNetwork(jenkinsXNamespace).map((manifest) =>
      createObject(manifest, { ...child, dependsOn: [namespace] }),
    );
    createRelease(
      {
        release: "jx-git-operator",
        chart: charts.jxGitOperator,
        namespace,
        values: operatorValues(args.config),
      },
      { ...child, dependsOn: policies },
    );
    this.registerOutputs({});
  }
}
