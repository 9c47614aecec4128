import { DefaultSecurityGroup } from "@pulumi/aws/ec2/defaultSecurityGroup.js";
import { Eip } from "@pulumi/aws/ec2/eip.js";
import { InternetGateway } from "@pulumi/aws/ec2/internetGateway.js";
import { NatGateway } from "@pulumi/aws/ec2/natGateway.js";
import { Vpc } from "@pulumi/aws/ec2/vpc.js";
import type { Output } from "@pulumi/pulumi/output.js";
import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import type { ZonePlan } from "./subnet-plan.ts";
import { createSubnet } from "./subnet.ts";
import type { Tags } from "./tags.ts";

export interface NetworkArgs {
  /** Name of the cluster that will find its subnets here. */
  readonly clusterName: string;
  readonly vpcCidr: string;
  /** Two zones or three. */
  readonly zones: readonly ZonePlan[];
  /** `one` is cheap and falls with its zone; `per-zone` is not. */
  readonly natGateways: "one" | "per-zone";
  readonly tags: Tags;
}

/** A VPC with a public and a private subnet in each zone. Nodes live in the private ones and go out through NAT. */
export class Network extends ComponentResource {
  readonly vpcId: Output<string>;
  /** In the order of the zones. */
  readonly privateSubnetIds: readonly Output<string>[];
  /** In the order of the zones. */
  readonly publicSubnetIds: readonly Output<string>[];
  /** Everything that a machine in the network needs to reach the internet; the cluster must go before any of it. */
  readonly routes: readonly Resource[];

  constructor(name: string, args: NetworkArgs, options: ComponentResourceOptions) {
    super("gitops:cluster:Network", name, {}, options);
    const within = { parent: this };
    const tagged = (suffix: string) => ({ ...args.tags, Name: `${args.clusterName}-${suffix}` });

    const vpc = new Vpc(
      `${name}-vpc`,
      { cidrBlock: args.vpcCidr, enableDnsHostnames: true, enableDnsSupport: true, tags: tagged("vpc") },
      within,
    );
    // Without rules of its own the group that AWS makes with every VPC lets its members talk to anyone.
    new DefaultSecurityGroup(
      `${name}-default-security-group`,
      { vpcId: vpc.id, ingress: [], egress: [], tags: tagged("default") },
      within,
    );
    const internet = new InternetGateway(`${name}-internet`, { vpcId: vpc.id, tags: tagged("internet") }, within);

    const publicSubnets = args.zones.map(({ zone, publicCidr }) =>
      createSubnet(
        `${name}-public-${zone}`,
        {
          clusterName: args.clusterName,
          vpcId: vpc.id,
          zone,
          cidr: publicCidr,
          kind: "public",
          gateway: { gatewayId: internet.id },
          tags: args.tags,
        },
        within,
      ),
    );
    const served = args.natGateways === "one" ? publicSubnets.slice(0, 1) : publicSubnets;
    const gateways = served.map((subnet) => {
      // An address can be taken, and given back, only while the VPC has an internet gateway.
      const address = new Eip(
        `${name}-nat-${subnet.zone}`,
        { domain: "vpc", tags: tagged(`nat-${subnet.zone}`) },
        { ...within, dependsOn: [internet] },
      );
      return new NatGateway(
        `${name}-nat-${subnet.zone}`,
        { allocationId: address.allocationId, subnetId: subnet.id, tags: tagged(`nat-${subnet.zone}`) },
        { ...within, dependsOn: [internet, ...subnet.routes] },
      );
    });
    const privateSubnets = args.zones.map(({ zone, privateCidr }, index) => {
      const gateway = gateways[index] ?? gateways[0];
      if (gateway === undefined) throw new RangeError("a network has two zones or three");
      return createSubnet(
        `${name}-private-${zone}`,
        {
          clusterName: args.clusterName,
          vpcId: vpc.id,
          zone,
          cidr: privateCidr,
          kind: "private",
          gateway: { natGatewayId: gateway.id },
          tags: args.tags,
        },
        within,
      );
    });

    this.vpcId = vpc.id;
    this.publicSubnetIds = publicSubnets.map((subnet) => subnet.id);
    this.privateSubnetIds = privateSubnets.map((subnet) => subnet.id);
    this.routes = [internet, ...gateways, ...[...publicSubnets, ...privateSubnets].flatMap((subnet) => subnet.routes)];
    this.registerOutputs({ vpcId: this.vpcId });
  }
}
