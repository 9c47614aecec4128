import type { Output } from "@pulumi/pulumi/output.js";

import type { PlatformCluster } from "./cluster/index.ts";
import type { GitopsKind } from "./config/gitops.ts";
import type { Controllers } from "./controllers/index.ts";
import type { HubAccess } from "./delivery/clusters/hub-access.ts";
import type { DeliveryEnvironment } from "./delivery/environment.ts";
import type { Environment } from "./environments.ts";

/** What `pulumi stack output` gives to people and to other stacks. */
export interface StackOutputs {
  readonly clusterName: Output<string>;
  /** Secret. Absent where the stack names a context alone. */
  readonly kubeconfig: Output<string> | undefined;
  /** Address of Argo CD for a browser. Absent with Flux, which has no page, and where the hub has it. */
  readonly argocdUrl?: string;
  /** How a person gets in. Absent with Flux, whose objects are the cluster's, and where the hub has it. */
  readonly argocdLogin?: string;
  /** With Flux alone: the command that shows what it follows and how far it is. */
  readonly fluxStatus?: string;
  /** Secret, with `argocd.managedBy: hub` alone: how the hub gets in, for its StackReference. */
  readonly hubAccess?: Output<HubAccess>;
  /** Names of the Applications, or of the Kustomizations, by environment. */
  readonly applications: Readonly<Partial<Record<Environment, readonly string[]>>>;
}

/** Where a port-forward of Argo CD's server ends; 8080 is taken too often. */
const forwarded = "localhost:8443";

export interface StackOutputsArgs {
  readonly gitops: GitopsKind;
  readonly cluster: PlatformCluster;
  readonly controllers: Controllers;
  /** Those that this stack delivers, wherever they are. */
  readonly environments: readonly DeliveryEnvironment[];
  /** Of a spoke. */
  readonly hubAccess: Output<HubAccess> | undefined;
}

export function stackOutputs(args: StackOutputsArgs): StackOutputs {
  const { gitops, cluster, controllers, environments, hubAccess } = args;
  return {
    clusterName: cluster.name,
    kubeconfig: cluster.kubeconfig,
    ...(gitops === "flux" ? { fluxStatus } : {}),
    ...(controllers.hasArgocd ? argocdOutputs(controllers) : {}),
    ...(hubAccess === undefined ? {} : { hubAccess }),
    applications: Object.fromEntries(
      environments.map(({ name, applications }) => [name, applications.map((application) => application.name)]),
    ),
  };
}

const fluxStatus = "kubectl get gitrepositories,kustomizations.kustomize.toolkit.fluxcd.io --all-namespaces";

function argocdOutputs({ argocdUrl, argocdNamespace }: Controllers) {
  const forward = `kubectl --namespace ${argocdNamespace} port-forward service/argocd-server 8443:443`;
  return {
    argocdUrl: argocdUrl ?? `https://${forwarded}`,
    argocdLogin:
      argocdUrl === undefined
        ? `${forward}, then: argocd login ${forwarded}`
        : `argocd login ${new URL(argocdUrl).host} --sso`,
  };
}
