import { leave, none, same } from "./mapping.ts";
import type { Conversion, ConversionContext, InputMapping } from "./mapping.ts";

const elsewhere = "is not in this file, so its blocks and zones are not known: set cluster.zones and cluster.vpcCidr";

function subnets(_value: unknown, { network }: ConversionContext): Conversion {
  if (network === undefined) return leave(`the VPC ${elsewhere}`);
  const inZone = (zone: string, used: boolean) =>
    network.subnets.filter((one) => one.zone === zone && one.used === used);
  const pairs = network.zones.map((zone) => ({ own: inZone(zone, true), other: inZone(zone, false) }));
  const set = { "cluster.zones": network.zones };
  if (!pairs.every(({ own, other }) => own.length === 1 && other.length === 1)) {
    const why =
      "not one subnet for nodes and one other in each zone: the platform cuts its own blocks from cluster.vpcCidr";
    return { set, left: [["", why]] };
  }
  const blocks = {
    public: pairs.map(({ other }) => other[0]?.cidr),
    private: pairs.map(({ own }) => own[0]?.cidr),
  };
  return { set: { ...set, "cluster.subnets": blocks } };
}

/** Where the cluster lives. */
export const networkInputs: readonly InputMapping[] = [
  { name: "region", key: "cluster.region", why: "as it is", convert: same("cluster.region") },
  {
    name: "vpc_id",
    key: "cluster.vpcCidr",
    why: "the VPC's block; a cluster of the platform gets a VPC of its own",
    convert: (_value, { network }) =>
      network === undefined ? leave(`the VPC ${elsewhere}`) : { set: { "cluster.vpcCidr": network.vpcCidr } },
  },
  {
    name: "subnet_ids",
    key: "cluster.zones, cluster.subnets",
    why: "zones and blocks of the subnets; the subnets themselves are new",
    convert: subnets,
  },
  none("control_plane_subnet_ids", "the control plane is in the subnets of the nodes"),
  {
    name: "ip_family",
    v20: "cluster_ip_family",
    why: "IPv4 alone",
    convert: (value) => (value === "ipv6" ? leave("IPv6 has no counterpart") : {}),
  },
  none("service_ipv6_cidr", "IPv6 has no counterpart", "cluster_service_ipv6_cidr"),
  none("create_cni_ipv6_iam_policy", "IPv6 has no counterpart"),
  none(
    "additional_security_group_ids",
    "control plane and nodes are joined by the group that EKS makes",
    "cluster_additional_security_group_ids",
  ),
  none(
    "create_security_group",
    "control plane and nodes are joined by the group that EKS makes",
    "create_cluster_security_group",
  ),
  none(
    "security_group_*",
    "control plane and nodes are joined by the group that EKS makes",
    "cluster_security_group_*",
  ),
  none(
    "create_primary_security_group_tags",
    "the group that EKS makes keeps EKS's tags",
    "create_cluster_primary_security_group_tags",
  ),
  none("enable_efa_support", "EFA has no counterpart"),
  none("create_node_security_group", "control plane and nodes are joined by the group that EKS makes"),
  none("node_security_group_*", "control plane and nodes are joined by the group that EKS makes"),
];
