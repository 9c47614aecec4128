import type { NodeGroupConfig } from "../../../infra/config/cluster-node-group.ts";

import { isRecord, records } from "./mapping.ts";

type Values = Readonly<Record<string, unknown>>;

/** What became of an attribute: a value of `cluster.nodeGroups[]`, or why there is none. */
export type AttributeConversion = { readonly value: unknown } | { readonly left: string } | undefined;

/** One attribute of a managed node group of the module. */
export interface NodeGroupMapping {
  readonly name: string;
  /** Key of the platform's node group; undefined where there is none. */
  readonly key?: keyof NodeGroupConfig;
  /** By the module's major version, where it has a default that differs from the platform's. */
  readonly moduleDefault?: Readonly<Record<20 | 21, unknown>>;
  /** `undefined` where the platform does the same by itself. */
  readonly convert: (value: unknown, group: Values) => AttributeConversion;
}

const same = (value: unknown): AttributeConversion => ({ value });
const left = (why: string) => (): AttributeConversion => ({ left: why });
const both = (value: unknown) => ({ 20: value, 21: value });

/** AWS's values (@pulumi/aws 7.48.0, types/input.d.ts, NodeGroupTaint; eks/nodeGroup.d.ts, capacityType, amiType). */
const effects: Readonly<Record<string, string>> = {
  NO_SCHEDULE: "NoSchedule",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
  NO_EXECUTE: "NoExecute",
};
const capacityTypes: Readonly<Record<string, NodeGroupConfig["capacityType"]>> = {
  ON_DEMAND: "on-demand",
  SPOT: "spot",
};
const ownImages: readonly unknown[] = ["AL2023_x86_64_STANDARD", "AL2023_ARM_64_STANDARD"];

function taints(value: unknown): AttributeConversion {
  return {
    value: records(value).map(([, { key, value: text, effect }]) => ({
      key,
      ...(typeof text === "string" && text !== "" ? { value: text } : {}),
      effect: effects[String(effect)] ?? effect,
    })),
  };
}

/** The root volume: what the launch template says, for `disk_size` has no effect beside one (module, main.tf). */
function disk(value: unknown): AttributeConversion {
  const sizes = records(value).flatMap(([, { ebs }]) =>
    isRecord(ebs) && ebs["volume_size"] ? [ebs["volume_size"]] : [],
  );
  if (sizes.length === 0) return undefined;
  return sizes.length === 1
    ? { value: sizes[0] }
    : { left: "several volumes: the platform's nodes have a root volume alone" };
}

/**
 * The attributes of `eks_managed_node_groups` that the platform knows. Names and defaults: terraform-aws-eks v21.19.0 and
 * v20.37.2, variables.tf and modules/eks-managed-node-group/variables.tf. An attribute that is not here is left out, with
 * `otherAttribute` as the reason.
 */
export const nodeGroupMappings: readonly NodeGroupMapping[] = [
  { name: "min_size", key: "minSize", moduleDefault: { 20: 0, 21: 1 }, convert: same },
  { name: "desired_size", key: "desiredSize", moduleDefault: both(1), convert: same },
  { name: "max_size", key: "maxSize", moduleDefault: both(3), convert: same },
  // Where the module names none, EKS takes t3.medium (EKS API, CreateNodegroup; @pulumi/aws, eks/nodeGroup.d.ts).
  { name: "instance_types", key: "instanceTypes", moduleDefault: both(["t3.medium"]), convert: same },
  {
    name: "capacity_type",
    key: "capacityType",
    convert: (value) => {
      const type = capacityTypes[String(value)];
      return type === undefined ? { left: `${String(value)}: on-demand and spot alone` } : { value: type };
    },
  },
  {
    name: "ami_type",
    convert: (value) =>
      ownImages.includes(value)
        ? undefined
        : { left: `${String(value)}: nodes are Amazon Linux 2023, by the architecture of the instance types` },
  },
  {
    name: "disk_size",
    key: "diskSizeGiB",
    convert: (value, group) =>
      group["use_custom_launch_template"] === false
        ? { value }
        : { left: "without effect in the module, which makes a launch template; the platform's default is 50 GiB" },
  },
  { name: "block_device_mappings", key: "diskSizeGiB", convert: disk },
  { name: "labels", key: "labels", convert: same },
  { name: "taints", key: "taints", convert: taints },
  { name: "name", convert: () => undefined },
  { name: "use_name_prefix", convert: () => undefined },
  { name: "use_custom_launch_template", convert: () => undefined },
  { name: "subnet_ids", convert: left("every group is in all private subnets") },
  { name: "ami_id", convert: left("machine images of one's own have no counterpart") },
  { name: "metadata_options", convert: left("IMDSv2 is required and its answer dies after one hop, always") },
  { name: "update_config", convert: left("one node at a time") },
  { name: "kubernetes_version", convert: left("nodes have the version of the control plane") },
  { name: "cluster_version", convert: left("nodes have the version of the control plane") },
  {
    name: "iam_role_additional_policies",
    convert: left("nodes have no rights but their own: EKS Pod Identity for workloads"),
  },
  { name: "remote_access", convert: left("nobody logs in to nodes") },
  { name: "key_name", convert: left("nobody logs in to nodes") },
  { name: "tags", convert: left("the platform has one set of tags for everything") },
];

/** Why an attribute without a row is left out. */
export const otherAttribute = "no counterpart";
