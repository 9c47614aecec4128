import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions } from "@pulumi/pulumi/resource.js";

import type { FluxConfig } from "../config/gitops.ts";
import { charts } from "../versions.ts";

import { createRelease } from "./chart-release.ts";
import type { ControllerArgs } from "./controller-args.ts";
import { fluxValues } from "./flux-values.ts";
import { createControllerNamespace } from "./namespace.ts";
import { namespaces } from "./namespaces.ts";

export interface FluxArgs extends ControllerArgs {
  readonly config: FluxConfig;
}

/** Flux: source-, kustomize- and notification-controller, and the image controllers where they are asked for. */
export class Flux extends ComponentResource {
  public constructor(args: FluxArgs, options?: ComponentResourceOptions) {
    super("gitops:controllers:Flux", "flux", {}, options);
    const child = { parent: this, provider: args.provider };
    const namespace = createControllerNamespace(namespaces.flux, child);
    const release = createRelease(
      { release: "flux2", chart: charts.flux, namespace, values: fluxValues(args.config) },
      { ...child, dependsOn: [args.priorityClass] },
    );
    // After the release: before it, the check that the chart runs first could not reach the API server. What the pods
    // need is in the chart's own policies (templates/policies.yaml): all egress, and ingress among themselves, to be
    // scraped, and for webhooks.
    new NetworkPolicy(
      "flux-default-deny",
      {
        metadata: { name: "default-deny", namespace: namespaces.flux },
        spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
      },
      { ...child, dependsOn: [release] },
    );
    this.registerOutputs({});
  }
}
