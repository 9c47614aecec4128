import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions } from "@pulumi/pulumi/resource.js";

import type { PrometheusConfig } from "../config/controllers.ts";
import { charts } from "../versions.ts";

import { createRelease } from "./chart-release.ts";
import type { ControllerArgs } from "./controller-args.ts";
import { createControllerNamespace } from "./namespace.ts";
import { namespaces } from "./namespaces.ts";
import { prometheusName, prometheusValues } from "./prometheus-values.ts";

export interface PrometheusArgs extends ControllerArgs {
  readonly config: PrometheusConfig;
}

/** Where the Prometheus of this program answers, within the cluster alone (the chart's Service has port 80). */
export const prometheusAddress = `http://${prometheusName}.${namespaces.prometheus}.svc`;

/** Prometheus, for Flagger's analyses and KEDA's triggers. */
export class Prometheus extends ComponentResource {
  public constructor(args: PrometheusArgs, options?: ComponentResourceOptions) {
    super("gitops:controllers:Prometheus", "prometheus", {}, options);
    const child = { parent: this, provider: args.provider };
    const namespace = createControllerNamespace(namespaces.prometheus, child);
    const values = prometheusValues(args.profile, args.config);
    createRelease(
      { release: "prometheus", chart: charts.prometheus, namespace, values },
      { ...child, dependsOn: [args.priorityClass] },
    );
    this.registerOutputs({});
  }
}
