import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { RunError } from "@pulumi/pulumi/errors.js";
import { secret } from "@pulumi/pulumi/output.js";
import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions, ProviderResource, Resource } from "@pulumi/pulumi/resource.js";
import { StackReference } from "@pulumi/pulumi/stackReference.js";

import { clusterName } from "../../config/clusters.ts";
import type { ClustersConfig } from "../../config/clusters.ts";
import { argocdNamespace } from "../../crds/argocd.ts";
import type { DeliveryEnvironment } from "../environment.ts";

import { clusterSecretData, clusterSecretMetadata } from "./cluster-secret.ts";
import { hubAccessOutput, hubAccessSchema } from "./hub-access.ts";
import type { HubAccess } from "./hub-access.ts";

export interface RemoteClusterArgs {
  readonly config: ClustersConfig[number];
  /** Those of `config`, with the stack's differences applied. */
  readonly environments: readonly DeliveryEnvironment[];
  readonly provider: ProviderResource;
  /** Argo CD and its namespace. */
  readonly dependsOn: readonly Resource[];
}

/** A cluster of another stack, made known to this stack's Argo CD by what that stack puts out. */
export class RemoteCluster extends ComponentResource {
  /** Applications need it, for their deletion too. */
  public readonly secret: Resource;

  public constructor(args: RemoteClusterArgs, options?: ComponentResourceOptions) {
    const { config, environments } = args;
    const name = clusterName(config);
    super("gitops:delivery:RemoteCluster", name, {}, options);
    const reference = new StackReference(config.stack, {}, { parent: this });
    const access = reference
      .getOutput(hubAccessOutput)
      .apply((given) => checkedAccess(given, config.stack, environments));
    const served = environments.map((environment) => environment.name);
    this.secret = new Secret(
      `cluster-${name}`,
      {
        metadata: clusterSecretMetadata(name, argocdNamespace),
        stringData: secret(access.apply((known) => clusterSecretData(name, served, known))),
      },
      { parent: this, provider: args.provider, dependsOn: [...args.dependsOn] },
    );
    this.registerOutputs({});
  }
}

/** @throws RunError where the other stack is none that a hub may deliver to, or has another namespace for an environment */
export function checkedAccess(
  given: unknown,
  stack: string,
  environments: readonly Pick<DeliveryEnvironment, "name" | "namespace">[],
): HubAccess {
  const parsed = hubAccessSchema.safeParse(given);
  if (!parsed.success) {
    const fault = given === undefined ? "missing" : "of another form";
    throw new RunError(
      `clusters: the output ${hubAccessOutput} of stack "${stack}" is ${fault}; allowed: that of a stack with ` +
        "argocd.managedBy: hub; set it there and run `pulumi up`",
    );
  }
  for (const { name, namespace } of environments) {
    const there = parsed.data.namespaces[name];
    if (there === namespace) continue;
    throw new RunError(
      there === undefined
        ? `clusters: stack "${stack}" does not serve ${name}; add it to its environments, or remove it here`
        : `delivery.${name}.namespace: "${namespace}" here and "${there}" in stack "${stack}"; allowed: the same in both; ` +
            "change one of them",
    );
  }
  return parsed.data;
}
