import { Route } from "@pulumi/aws/ec2/route.js";
import { RouteTable } from "@pulumi/aws/ec2/routeTable.js";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation.js";
import { Subnet } from "@pulumi/aws/ec2/subnet.js";
import type { Input, Output } from "@pulumi/pulumi/output.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import type { Tags } from "./tags.ts";

export interface SubnetArgs {
  readonly clusterName: string;
  readonly vpcId: Input<string>;
  readonly zone: string;
  readonly cidr: string;
  readonly kind: "public" | "private";
  /** Where everything outside the VPC goes. */
  readonly gateway: { readonly gatewayId: Input<string> } | { readonly natGatewayId: Input<string> };
  readonly tags: Tags;
}

/** A subnet and the way out of it. */
export interface RoutedSubnet {
  readonly zone: string;
  readonly id: Output<string>;
  /** The route and its association: what a machine in the subnet needs beside the subnet itself. */
  readonly routes: readonly Resource[];
}

/** By these tags load balancers find their subnets (EKS user guide, "View Amazon EKS networking requirements"). */
const loadBalancerRole = { public: "kubernetes.io/role/elb", private: "kubernetes.io/role/internal-elb" } as const;

/** A subnet with a route table of its own, so that a zone can be changed without a look at the others. */
export function createSubnet(name: string, args: SubnetArgs, options: CustomResourceOptions): RoutedSubnet {
  const tags = { ...args.tags, Name: `${args.clusterName}-${args.kind}-${args.zone}` };
  const subnet = new Subnet(
    name,
    {
      vpcId: args.vpcId,
      availabilityZone: args.zone,
      cidrBlock: args.cidr,
      // Load balancers and NAT gateways bring public addresses of their own; nothing else gets one unasked.
      mapPublicIpOnLaunch: false,
      tags: {
        ...tags,
        [loadBalancerRole[args.kind]]: "1",
        [`kubernetes.io/cluster/${args.clusterName}`]: "shared",
      },
    },
    options,
  );
  const table = new RouteTable(name, { vpcId: args.vpcId, tags }, options);
  const route = new Route(
    name,
    { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...args.gateway },
    { ...options, parent: table },
  );
  const association = new RouteTableAssociation(
    name,
    { routeTableId: table.id, subnetId: subnet.id },
    { ...options, parent: table },
  );
  return { zone: args.zone, id: subnet.id, routes: [route, association] };
}
