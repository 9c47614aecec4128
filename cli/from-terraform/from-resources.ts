import { isRecord, texts } from "./inputs/mapping.ts";
import type { Inputs, TerraformResource } from "./model.ts";

type Values = Readonly<Record<string, unknown>>;

/** Terraform prints a nested block as a list of at most one. */
const block = (value: unknown): Values => (Array.isArray(value) && isRecord(value[0]) ? value[0] : {});
const ofType = (resources: readonly TerraformResource[], type: string): readonly Values[] =>
  resources.filter((one) => one.type === type).map(({ values }) => values);
const given = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));

/**
 * The module's inputs (names of v21) that would make these resources: a state holds no inputs, only what came of them.
 * Attribute names: hashicorp/terraform-provider-aws, internal/service/eks (cluster.go, node_group.go).
 */
export function inputsOfResources(resources: readonly TerraformResource[]): Inputs {
  const cluster = ofType(resources, "aws_eks_cluster")[0];
  if (cluster === undefined) return {};
  const vpc = block(cluster["vpc_config"]);
  const network = block(cluster["kubernetes_network_config"]);
  const name = cluster["name"];
  const mine = (type: string) => ofType(resources, type).filter((one) => one["cluster_name"] === name);
  const logs = ofType(resources, "aws_cloudwatch_log_group").find(
    (one) => one["name"] === `/aws/eks/${String(name)}/cluster`,
  );
  const addons = mine("aws_eks_addon").map((one) => [
    String(one["addon_name"]),
    given({ configuration_values: one["configuration_values"] === "" ? undefined : one["configuration_values"] }),
  ]);
  return given({
    name,
    region: regionOf(cluster["arn"]),
    kubernetes_version: cluster["version"],
    enabled_log_types: cluster["enabled_cluster_log_types"] ?? [],
    endpoint_public_access: vpc["endpoint_public_access"],
    endpoint_private_access: vpc["endpoint_private_access"],
    endpoint_public_access_cidrs: vpc["public_access_cidrs"],
    vpc_id: vpc["vpc_id"],
    subnet_ids: vpc["subnet_ids"],
    service_ipv4_cidr: network["service_ipv4_cidr"],
    ip_family: network["ip_family"] === "ipv6" ? "ipv6" : undefined,
    authentication_mode: block(cluster["access_config"])["authentication_mode"],
    upgrade_policy: cluster["upgrade_policy"] === undefined ? undefined : block(cluster["upgrade_policy"]),
    encryption_config:
      Array.isArray(cluster["encryption_config"]) && cluster["encryption_config"].length > 0 ? {} : undefined,
    compute_config: block(cluster["compute_config"])["enabled"] === true ? { enabled: true } : undefined,
    cloudwatch_log_group_retention_in_days: logs?.["retention_in_days"],
    tags: isRecord(cluster["tags"]) && Object.keys(cluster["tags"]).length > 0 ? cluster["tags"] : undefined,
    addons: addons.length > 0 ? Object.fromEntries(addons) : undefined,
    access_entries: accessEntries(mine("aws_eks_access_entry"), mine("aws_eks_access_policy_association")),
    eks_managed_node_groups: Object.fromEntries(
      mine("aws_eks_node_group").map((group) => [String(group["node_group_name"]), nodeGroup(group, resources)]),
    ),
    fargate_profiles: Object.fromEntries(
      mine("aws_eks_fargate_profile").map((one) => [String(one["fargate_profile_name"]), {}]),
    ),
  });
}

/** `arn:aws:eks:eu-central-1:111122223333:cluster/prod` */
const regionOf = (arn: unknown): string | undefined => (typeof arn === "string" ? arn.split(":")[3] : undefined);

function accessEntries(entries: readonly Values[], associations: readonly Values[]): Values | undefined {
  if (entries.length === 0) return undefined;
  const one = (entry: Values): [string, Values] => {
    const own = associations.filter((association) => association["principal_arn"] === entry["principal_arn"]);
    // EKS gives every standard entry without groups an empty list.
    return [
      String(entry["principal_arn"]),
      {
        principal_arn: entry["principal_arn"],
        type: entry["type"] ?? "STANDARD",
        kubernetes_groups: texts(entry["kubernetes_groups"]),
        policy_associations: Object.fromEntries(
          own.map((association, index) => [
            String(index),
            { policy_arn: association["policy_arn"], access_scope: block(association["access_scope"]) },
          ]),
        ),
      },
    ];
  };
  return Object.fromEntries(entries.map(one));
}

function nodeGroup(group: Values, resources: readonly TerraformResource[]): Values {
  const scaling = block(group["scaling_config"]);
  const template = block(group["launch_template"])["id"];
  const found = ofType(resources, "aws_launch_template").find(
    (one) => one["id"] === template && template !== undefined,
  );
  const devices = found === undefined ? [] : (found["block_device_mappings"] as readonly unknown[] | undefined);
  const volumes = (devices ?? [])
    .filter(isRecord)
    .map((device, index) => [String(index), { ebs: block(device["ebs"]) }]);
  const taints = Array.isArray(group["taint"]) ? group["taint"].filter(isRecord) : [];
  const prefix = group["node_group_name_prefix"];
  return given({
    name: typeof prefix === "string" && prefix !== "" ? prefix.replace(/-$/, "") : group["node_group_name"],
    min_size: scaling["min_size"],
    desired_size: scaling["desired_size"],
    max_size: scaling["max_size"],
    instance_types: texts(group["instance_types"]).length > 0 ? group["instance_types"] : undefined,
    ami_type: group["ami_type"],
    capacity_type: group["capacity_type"],
    // A launch template's own size counts; the provider then reads disk_size as 0.
    ...(typeof group["disk_size"] === "number" && group["disk_size"] > 0
      ? { disk_size: group["disk_size"], use_custom_launch_template: false }
      : {}),
    block_device_mappings: volumes.length > 0 ? Object.fromEntries(volumes) : undefined,
    labels: isRecord(group["labels"]) && Object.keys(group["labels"]).length > 0 ? group["labels"] : undefined,
    taints: taints.length > 0 ? Object.fromEntries(taints.map((taint, index) => [String(index), taint])) : undefined,
  });
}
