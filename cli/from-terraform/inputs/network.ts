import type { TerraformResource } from "../model.ts";

import { texts } from "./mapping.ts";

/** A subnet of the cluster's VPC. */
export interface FoundSubnet {
  readonly id: string;
  readonly zone: string;
  readonly cidr: string;
  /** Whether the cluster or a node group uses it. */
  readonly used: boolean;
}

/** The cluster's network, as the state has it. */
export interface Network {
  readonly vpcCidr: string;
  /** Of the subnets that the cluster or its nodes use, sorted. */
  readonly zones: readonly string[];
  readonly subnets: readonly FoundSubnet[];
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/**
 * Finds the VPC of the cluster.
 * @returns undefined where the state holds no cluster, or its VPC is in another state
 */
export function networkOf(resources: readonly TerraformResource[]): Network | undefined {
  const cluster = resources.find(({ type }) => type === "aws_eks_cluster");
  const vpcConfig = cluster?.values["vpc_config"];
  const settings = (Array.isArray(vpcConfig) ? vpcConfig[0] : undefined) as Record<string, unknown> | undefined;
  const vpc = resources.find(({ type, values }) => type === "aws_vpc" && values["id"] === settings?.["vpc_id"]);
  if (vpc === undefined) return undefined;
  const groups = resources.filter(({ type }) => type === "aws_eks_node_group");
  const used = new Set([
    ...texts(settings?.["subnet_ids"]),
    ...groups.flatMap(({ values }) => [...texts(values["subnet_ids"])]),
  ]);
  const subnets = resources
    .filter(({ type, values }) => type === "aws_subnet" && values["vpc_id"] === vpc.values["id"])
    .map(({ values }) => ({
      id: text(values["id"]),
      zone: text(values["availability_zone"]),
      cidr: text(values["cidr_block"]),
      used: used.has(text(values["id"])),
    }));
  const zones = [...new Set(subnets.filter((one) => one.used).map(({ zone }) => zone))].sort();
  return { vpcCidr: text(vpc.values["cidr_block"]), zones, subnets };
}
