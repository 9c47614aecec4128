import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import { charts } from "../versions.ts";

import { createRelease } from "./chart-release.ts";
import type { ControllerArgs } from "./controller-args.ts";
import { createFlaggerLoadtester } from "./flagger-loadtester.ts";
import { flaggerValues } from "./flagger-values.ts";
import { createControllerNamespace } from "./namespace.ts";
import { namespaces } from "./namespaces.ts";

export interface FlaggerArgs extends ControllerArgs {
  /** Address of the Prometheus whose metrics decide an analysis. */
  readonly prometheusAddress: string;
  /** Prometheus itself, where this program makes it: an analysis without metrics fails. Default none. */
  readonly prometheus?: Resource;
  /** Namespaces of the environments, whose releases are tested. */
  readonly workloadNamespaces: readonly string[];
}

/**
 * Flagger, its CRDs and its load tester.
 *
 * Helm installs a chart's `crds/` folder once and never upgrades it. The same files come through the chart's template
 * as well (`crd.create`, templates/crd.yaml), so the folder is skipped and the template owns them: an upgrade of the
 * chart upgrades the CRDs, and nothing is downloaded during a preview. They are annotated
 * `helm.sh/resource-policy: keep`, so losing the release never loses the Canaries.
 */
export class Flagger extends ComponentResource {
  public constructor(args: FlaggerArgs, options?: ComponentResourceOptions) {
    super("gitops:controllers:Flagger", "flagger", {}, options);
    const child = { parent: this, provider: args.provider };
    const namespace = createControllerNamespace(namespaces.flagger, child);
    const values = flaggerValues(args.profile, args.prometheusAddress);
    createRelease(
      { release: "flagger", chart: charts.flagger, namespace, values, skipCrds: true },
      { ...child, dependsOn: [args.priorityClass, ...(args.prometheus === undefined ? [] : [args.prometheus])] },
    );
    const { priorityClass, workloadNamespaces } = args;
    createFlaggerLoadtester({ namespace, workloadNamespaces, priorityClass }, child);
    this.registerOutputs({});
  }
}
