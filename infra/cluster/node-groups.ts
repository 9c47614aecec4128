import { NodeGroup } from "@pulumi/aws/eks/nodeGroup.js";
import type { Output } from "@pulumi/pulumi/output.js";
import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import type { NodeGroupConfig } from "../config/cluster-node-group.ts";

import { architectureOf } from "./architecture.ts";
import type { Architecture } from "./architecture.ts";
import { createNodeTemplate } from "./node-template.ts";
import { managedPolicyArn } from "./partition.ts";
import { createServiceRole } from "./service-role.ts";
import type { ServiceRole } from "./service-role.ts";
import type { Tags } from "./tags.ts";

export interface NodeGroupsArgs {
  readonly clusterName: string;
  readonly region: string;
  readonly kubernetesVersion: string;
  readonly groups: readonly NodeGroupConfig[];
  /** Private subnets: nodes have no public address. */
  readonly subnetIds: readonly Output<string>[];
  /** What nodes need from their first minute: cluster, routes, CNI, pod identities. */
  readonly after: readonly Resource[];
  readonly tags: Tags;
}

/** Machine images that EKS keeps: Amazon Linux 2023. */
const amiTypes: Readonly<Record<Architecture, string>> = {
  x86_64: "AL2023_x86_64_STANDARD",
  arm64: "AL2023_ARM_64_STANDARD",
};

const capacityTypes: Readonly<Record<NodeGroupConfig["capacityType"], string>> = {
  "on-demand": "ON_DEMAND",
  "spot": "SPOT",
};

const taintEffects: Readonly<Record<NodeGroupConfig["taints"][number]["effect"], string>> = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
};

/** Managed node groups of one role, which may join the cluster and pull images and nothing else. */
export class NodeGroups extends ComponentResource {
  readonly groups: readonly NodeGroup[];

  constructor(name: string, args: NodeGroupsArgs, options: ComponentResourceOptions) {
    super("gitops:cluster:NodeGroups", name, {}, options);
    const role = createServiceRole(
      `${name}-role`,
      {
        description: `Nodes of ${args.clusterName}`,
        service: "ec2.amazonaws.com",
        // EKS user guide, "Amazon EKS node IAM role". AmazonEKS_CNI_Policy is not here: the CNI has a pod identity.
        policyArns: ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"].map((policy) =>
          managedPolicyArn(args.region, policy),
        ),
        tags: args.tags,
      },
      { parent: this },
    );
    this.groups = args.groups.map((group) => this.createGroup(`${name}-${group.name}`, group, role, args));
    this.registerOutputs({});
  }

  private createGroup(name: string, group: NodeGroupConfig, role: ServiceRole, args: NodeGroupsArgs): NodeGroup {
    const template = createNodeTemplate(
      name,
      { instanceName: `${args.clusterName}-${group.name}`, diskSizeGiB: group.diskSizeGiB, tags: args.tags },
      { parent: this },
    );
    return new NodeGroup(
      name,
      {
        clusterName: args.clusterName,
        // A prefix: some changes replace the group, and the new one has to stand before the old one goes.
        nodeGroupNamePrefix: `${group.name}-`,
        version: args.kubernetesVersion,
        nodeRoleArn: role.arn,
        subnetIds: [...args.subnetIds],
        amiType: amiTypes[architectureOf(group.instanceTypes[0] ?? "")],
        instanceTypes: [...group.instanceTypes],
        capacityType: capacityTypes[group.capacityType],
        scalingConfig: { minSize: group.minSize, desiredSize: group.desiredSize, maxSize: group.maxSize },
        updateConfig: { maxUnavailable: 1 },
        launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
        labels: { ...group.labels },
        taints: group.taints.map(({ key, value, effect }) => ({ key, value, effect: taintEffects[effect] })),
        tags: { ...args.tags, Name: `${args.clusterName}-${group.name}` },
      },
      { parent: this, dependsOn: [...args.after, ...role.parts] },
    );
  }
}
