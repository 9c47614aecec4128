import { Provider as AwsProvider } from "@pulumi/aws/provider.js";
import { Provider as KubernetesProvider } from "@pulumi/kubernetes/provider.js";
import { output } from "@pulumi/pulumi/output.js";
import type { Output } from "@pulumi/pulumi/output.js";
import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import type { EksConfig } from "../config/cluster.ts";
import type { StackProfile } from "../environments.ts";

import { addOnIdentities, createNodeAddOns, createPodIdentityAgent } from "./add-ons.ts";
import { ControlPlane } from "./control-plane.ts";
import { HubRole } from "./hub-role.ts";
import { Network } from "./network.ts";
import { NodeGroups } from "./node-groups.ts";
import type { PlatformCluster } from "./platform-cluster.ts";
import { PodIdentity } from "./pod-identity.ts";
import type { PodIdentityRequest } from "./pod-identity.ts";
import { createDefaultStorageClass } from "./storage.ts";
import { planSubnets } from "./subnet-plan.ts";
import type { Tags } from "./tags.ts";
import { kubernetesReleases } from "./versions.ts";

export interface EksPlatformArgs {
  readonly config: EksConfig;
  readonly profile: StackProfile;
  readonly tags: Tags;
}

/**
 * An EKS cluster of its own network. On the way up: network, control plane, identities and agent, nodes, DNS and
 * storage, Kubernetes provider; on the way down the other way round. The component's name is the cluster's name.
 */
export class EksPlatform extends ComponentResource implements PlatformCluster {
  readonly provider: KubernetesProvider;
  readonly name: Output<string>;
  readonly kubeconfig: Output<string>;
  readonly ready: readonly Resource[];
  readonly admitHub: (hubRoles: readonly string[], group: string) => Output<string>;
  readonly createPodIdentity: (name: string, request: PodIdentityRequest) => PodIdentity;

  constructor(name: string, args: EksPlatformArgs, options: ComponentResourceOptions) {
    super("gitops:cluster:EksPlatform", name, {}, options);
    const { config, profile, tags } = args;
    const { addOns: versions } = kubernetesReleases[config.kubernetesVersion];
    const aws = new AwsProvider(
      name,
      {
        region: config.region,
        defaultTags: { tags: { ...tags } },
        ...(config.accountId === undefined ? {} : { allowedAccountIds: [config.accountId] }),
        ...(config.profile === undefined ? {} : { profile: config.profile }),
      },
      { parent: this },
    );
    const inAws = { parent: this, providers: { aws } };
    const common = { clusterName: name, tags };

    const network = new Network(
      `${name}-network`,
      { ...common, vpcCidr: config.vpcCidr, zones: planSubnets(config), natGateways: profile.natGateways },
      inAws,
    );
    const controlPlane = new ControlPlane(name, { ...common, config, profile, network, addOns: versions, aws }, inAws);
    const cluster = [controlPlane.cluster];
    this.createPodIdentity = (identity, request) =>
      new PodIdentity(`${name}-${identity}`, { ...common, ...request, after: cluster }, inAws);
    this.admitHub = (hubRoles, group) =>
      new HubRole(`${name}-hub`, { ...common, hubRoles, group, after: cluster }, inAws).roleArn;
    const identities = Object.entries(addOnIdentities(config.region)).map(
      ([identity, request]) => this.createPodIdentity(identity, request).association,
    );
    const addOns = new ComponentResource("gitops:cluster:AddOns", `${name}-add-ons`, {}, inAws);
    const agent = createPodIdentityAgent(name, { ...common, versions, after: cluster, parent: addOns });
    const nodes = new NodeGroups(
      `${name}-nodes`,
      {
        ...common,
        region: config.region,
        kubernetesVersion: config.kubernetesVersion,
        groups: config.nodeGroups,
        subnetIds: network.privateSubnetIds,
        after: [...cluster, ...network.routes, ...identities, agent],
      },
      inAws,
    );
    const nodeAddOns = createNodeAddOns(name, { ...common, versions, after: nodes.groups, parent: addOns });

    this.kubeconfig = controlPlane.kubeconfig;
    this.provider = new KubernetesProvider(
      name,
      { kubeconfig: this.kubeconfig, clusterIdentifier: name },
      { parent: this, dependsOn: [...cluster, ...nodes.groups, ...nodeAddOns] },
    );
    const storage = createDefaultStorageClass(`${name}-gp3-encrypted`, { parent: this, provider: this.provider });
    this.name = output(name);
    this.ready = [this.provider, storage];
    this.registerOutputs({ name: this.name, kubeconfig: this.kubeconfig });
  }
}
