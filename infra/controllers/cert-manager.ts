import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { CertManager as CertManagerChart } from "@pulumi/kubernetes-cert-manager/certManager.js";
import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions } from "@pulumi/pulumi/resource.js";

import type { CertManagerConfig } from "../config/controllers.ts";
import { charts } from "../versions.ts";

import { certManagerValues } from "./cert-manager-values.ts";
import { releaseSettings } from "./chart-release.ts";
import { clusterIssuerName, clusterIssuerSpec } from "./cluster-issuer.ts";
import type { ControllerArgs } from "./controller-args.ts";
import { createControllerNamespace } from "./namespace.ts";
import { namespaces } from "./namespaces.ts";

export interface CertManagerArgs extends ControllerArgs {
  readonly config: CertManagerConfig;
}

/** cert-manager, through Pulumi's own component for it, and the ClusterIssuer of the platform. */
export class CertManager extends ComponentResource {
  public constructor(args: CertManagerArgs, options?: ComponentResourceOptions) {
    super("gitops:controllers:CertManager", "cert-manager", {}, options);
    const child = { parent: this, provider: args.provider };
    const namespace = createControllerNamespace(namespaces.certManager, child);
    const { chart, repository, version } = charts.certManager;
    // A remote component: its plugin makes the release, so it takes `providers`; without them the release would go to
    // the cluster of the ambient kubeconfig. Values go through `helmOptions` alone, so nothing is said twice.
    const installed = new CertManagerChart(
      "cert-manager",
      {
        helmOptions: {
          ...releaseSettings,
          name: "cert-manager",
          chart,
          version,
          repositoryOpts: { repo: repository },
          namespace: namespace.metadata.name,
          values: certManagerValues(args.profile, namespaces.certManager),
        },
      },
      { parent: this, providers: [args.provider], dependsOn: [args.priorityClass, namespace] },
    );
    new CustomResource(
      "cluster-issuer",
      {
        apiVersion: "cert-manager.io/v1",
        kind: "ClusterIssuer",
        metadata: { name: clusterIssuerName },
        spec: clusterIssuerSpec(args.config),
      },
      // `status` comes from the release inside the plugin: waiting for it orders the issuer after, and on the way down
      // before, the release itself and not only the component around it.
      { ...child, dependsOn: [namespace, installed, installed.status.apply(() => installed)] },
    );
    this.registerOutputs({});
  }
}
