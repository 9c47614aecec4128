import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions } from "@pulumi/pulumi/resource.js";

import { charts } from "../versions.ts";

import { createRelease } from "./chart-release.ts";
import type { ControllerArgs } from "./controller-args.ts";
import { kedaValues } from "./keda-values.ts";
import { createControllerNamespace } from "./namespace.ts";
import { namespaces } from "./namespaces.ts";

/** KEDA: operator, metrics API server and admission webhooks. ScaledObjects name Prometheus themselves. */
export class Keda extends ComponentResource {
  public constructor(args: ControllerArgs, options?: ComponentResourceOptions) {
    super("gitops:controllers:Keda", "keda", {}, options);
    const child = { parent: this, provider: args.provider };
    const namespace = createControllerNamespace(namespaces.keda, child);
    createRelease(
      { release: "keda", chart: charts.keda, namespace, values: kedaValues(args.profile) },
      { ...child, dependsOn: [args.priorityClass] },
    );
    this.registerOutputs({});
  }
}
