import { cis, nsa, pci } from "../model/framework.ts";
import { stackPolicy } from "../model/stack-policy.ts";
import type { StackResource } from "../model/stack-policy.ts";
import { fields } from "../model/values.ts";

import { nodeGroups } from "./types.ts";

const types = {
  subnet: "aws:ec2/subnet:Subnet",
  association: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  route: "aws:ec2/route:Route",
  table: "aws:ec2/routeTable:RouteTable",
  gateway: "aws:ec2/internetGateway:InternetGateway",
} as const;

/**
 * Ids are unknown before a deployment, but not where they come from: a node group's subnets, the route tables of these
 * and the gateway of a route are found by the resources that the inputs depend on.
 */
export const privateNodes = stackPolicy({
  name: "node-group-private",
  description: "Nodes live in subnets that the internet cannot reach.",
  severity: "high",
  remediation: "give the node group the private subnets of the network, whose way out is a NAT gateway",
  references: [cis("5.4.3"), nsa("Network separation and hardening"), pci("1.3.1")],
  types: (type) => nodeGroups.includes(type) || Object.values<string>(types).includes(type),
  judgeStack: (resources) => {
    const open = new Map<string, string>();
    const gateways = urnsOf(resources, types.gateway);
    const openTables = new Set(
      resources
        .filter(({ type, sources }) => type === types.route && comesFrom(sources["gatewayId"], gateways))
        .flatMap(({ sources }) => sources["routeTableId"] ?? []),
    );
    for (const { type, sources } of resources) {
      if (type !== types.association || !comesFrom(sources["routeTableId"], openTables)) continue;
      for (const urn of sources["subnetId"] ?? []) open.set(urn, "routes to an internet gateway");
    }
    for (const { type, urn, props } of resources) {
      if (type !== types.subnet) continue;
      if (props["mapPublicIpOnLaunch"] === true) open.set(urn, "gives out public addresses");
      else if ("kubernetes.io/role/elb" in fields(props["tags"])) open.set(urn, "is tagged for public load balancers");
    }
    return resources.flatMap(({ type, urn, sources }) => {
      if (!nodeGroups.includes(type)) return [];
      const found = (sources["subnetIds"] ?? []).filter((subnet) => open.has(subnet));
      return found.map((subnet) => ({
        urn,
        reason: `subnet ${JSON.stringify(subnet.split("::").at(-1))} ${open.get(subnet)}`,
      }));
    });
  },
});

function urnsOf(resources: readonly StackResource[], type: string): ReadonlySet<string> {
  return new Set(resources.filter((resource) => resource.type === type).map(({ urn }) => urn));
}

function comesFrom(sources: readonly string[] | undefined, wanted: ReadonlySet<string>): boolean {
  return sources?.some((urn) => wanted.has(urn)) ?? false;
}
