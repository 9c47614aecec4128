import { parseNetwork, subnetOf } from "./cidr.ts";

/** Addresses of one availability zone. */
export interface ZonePlan {
  readonly zone: string;
  /** For nodes and pods. */
  readonly privateCidr: string;
  /** For load balancers and NAT gateways. */
  readonly publicCidr: string;
}

export interface SubnetPlanArgs {
  readonly vpcCidr: string;
  readonly zones: readonly string[];
  /** One block a zone and kind, in the order of `zones`. Default: cut from `vpcCidr`. */
  readonly subnets?: { readonly public: readonly string[]; readonly private: readonly string[] } | undefined;
}

/**
 * Gives each zone a quarter of the network for nodes and pods, and a sixteenth for load balancers: a pod takes an
 * address of its own, a load balancer a handful. The last quarter holds the public subnets, so that a zone can be
 * added later without a change to the others (up to three).
 */
export function planSubnets(args: SubnetPlanArgs): ZonePlan[] {
  const network = parseNetwork(args.vpcCidr);
  if (network === undefined) throw new RangeError(`"${args.vpcCidr}" is not an IPv4 CIDR block`);
  return args.zones.map((zone, index) => ({
    zone,
    privateCidr: args.subnets?.private[index] ?? subnetOf(network, 2, index),
    publicCidr: args.subnets?.public[index] ?? subnetOf(network, 4, 12 + index),
  }));
}
