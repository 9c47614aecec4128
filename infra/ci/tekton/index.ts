import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions, ProviderResource, Resource } from "@pulumi/pulumi/resource.js";

import { createRelease } from "../../controllers/chart-release.ts";
import { createControllerNamespace } from "../../controllers/namespace.ts";
import { charts } from "../../versions.ts";
import { createObject } from "../create.ts";
import { createOpenNamespace } from "../namespace.ts";

import { ciNamespaces } from "./names.ts";
import { tektonObjects } from "./objects.ts";
import type { TektonObjectsArgs } from "./objects.ts";
import { operatorValues } from "./operator-values.ts";

export interface TektonArgs extends TektonObjectsArgs {
  readonly provider: ProviderResource;
  /** What must be there first: nodes, and the issuer of certificates. */
  readonly dependsOn: readonly Resource[];
}

/** Tekton by its operator, and the release of applications on it. */
export class Tekton extends ComponentResource {
  public constructor(args: TektonArgs, options?: ComponentResourceOptions) {
    super("gitops:ci:Tekton", "tekton", {}, options);
    const child = { parent: this, provider: args.provider };
    const first = { ...child, dependsOn: [...args.dependsOn] };
    const { base, config, release } = tektonObjects(args);
    const operatorNamespace = createControllerNamespace(ciNamespaces.operator, first);
    const namespaces = [
      operatorNamespace,
      createControllerNamespace(ciNamespaces.webhooks, first),
      // BuildKit without root needs the kernel's unshare and mount: see build-step.ts.
      createOpenNamespace(ciNamespaces.runs, "privileged", first),
    ];
    const objects = base.map((manifest) => createObject(manifest, { ...child, dependsOn: namespaces }));
    const operator = createRelease(
      {
        release: "tekton-operator",
        chart: charts.tektonOperator,
        namespace: operatorNamespace,
        values: operatorValues(args.profile),
      },
      { ...child, dependsOn: objects },
    );
    const installed = createObject(config, { ...child, dependsOn: [operator] });
    for (const manifest of release) createObject(manifest, { ...child, dependsOn: [installed] });
    this.registerOutputs({});
  }
}
