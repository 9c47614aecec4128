import type { Provider } from "@pulumi/kubernetes/provider.js";
import type { Output } from "@pulumi/pulumi/output.js";
import type { Resource } from "@pulumi/pulumi/resource.js";

import type { PodIdentity, PodIdentityRequest } from "./pod-identity.ts";

/** A cluster to put the platform on, new or not. */
export interface PlatformCluster {
  /**
   * For every Kubernetes resource. It depends on all that a workload needs (nodes, DNS, storage, network), so on the way
   * down everything made with it goes first: load balancers and volumes before the network they hang in.
   */
  readonly provider: Provider;
  readonly name: Output<string>;
  /** Content, or the path that the stack names; secret. `undefined` where the stack names a context alone. */
  readonly kubeconfig: Output<string> | undefined;
  /** Ready for workloads when all of these are there. For resources that cannot take `provider`. */
  readonly ready: readonly Resource[];
  /**
   * Lets an Argo CD of another cluster in, by a role of its own, as a member of a Kubernetes group. Absent outside EKS.
   * @param hubRoles ARNs of the roles that may take it
   * @returns ARN of the role, known when the cluster knows it
   */
  readonly admitHub?: (hubRoles: readonly string[], group: string) => Output<string>;
  /** Gives a service account rights in AWS; `undefined` outside EKS. List the result in `dependsOn` of the pods. */
  readonly createPodIdentity: ((name: string, request: PodIdentityRequest) => PodIdentity) | undefined;
}
