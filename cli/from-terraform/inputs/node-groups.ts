import { isRecord, leave, none, records } from "./mapping.ts";
import type { Conversion, ConversionContext, InputMapping } from "./mapping.ts";
import { nodeGroupMappings, otherAttribute } from "./node-group.ts";

type Values = Readonly<Record<string, unknown>>;
const known = new Map(nodeGroupMappings.map((mapping) => [mapping.name, mapping]));

/** A name for a node group of the platform: a DNS label. `default_node_group` becomes `default-node-group`. */
const groupName = (key: string, { name }: Values): string =>
  (typeof name === "string" && name !== "" ? name : key)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

function nodeGroups(value: unknown, { input, major }: ConversionContext): Conversion {
  // v20 merges these under each group; v21 has none (docs/UPGRADE-21.0.md lists no such input).
  const shared = input("eks_managed_node_group_defaults");
  const left: [string, string][] = [];
  const groups = records(value).map(([key, own]) => {
    const group: Values = { ...(isRecord(shared) ? shared : {}), ...own };
    const result: Record<string, unknown> = { name: groupName(key, group) };
    for (const [attribute, given] of Object.entries(group)) {
      if (given === null || given === undefined) continue;
      const mapping = known.get(attribute);
      const converted = mapping === undefined ? { left: otherAttribute } : mapping.convert(given, group);
      if (converted === undefined) continue;
      if ("left" in converted) left.push([`${key}.${attribute}`, converted.left]);
      else if (mapping?.key !== undefined) result[mapping.key] = converted.value;
    }
    for (const { name, key: to, moduleDefault } of nodeGroupMappings) {
      if (to !== undefined && moduleDefault !== undefined && (group[name] ?? undefined) === undefined) {
        result[to] = moduleDefault[major];
      }
    }
    return result;
  });
  return { ...(groups.length > 0 ? { set: { "cluster.nodeGroups": groups } } : {}), left };
}

/** Add-ons that the platform installs, each in one exact version (infra/cluster/versions.ts). */
const ownAddOns = ["vpc-cni", "kube-proxy", "coredns", "aws-ebs-csi-driver", "eks-pod-identity-agent"];

function addOns(value: unknown): Conversion {
  const left = records(value).flatMap(([key, one]): [string, string][] => {
    const name = typeof one["name"] === "string" ? one["name"] : key;
    if (!ownAddOns.includes(name))
      return [[key, "not among the platform's add-ons; install it through Git, under apps/"]];
    const settings = one["configuration_values"] ?? undefined;
    return settings === undefined
      ? []
      : [[`${key}.configuration_values`, "the platform has settings of its own for it"]];
  });
  return { left };
}

/** What runs the pods, and what the cluster is made of. */
export const nodeInputs: readonly InputMapping[] = [
  {
    name: "eks_managed_node_groups",
    key: "cluster.nodeGroups",
    why: "group by group; the table of their attributes is node-group.ts",
    convert: nodeGroups,
  },
  none("eks_managed_node_group_defaults", "merged into each group, as the module does"),
  {
    name: "addons",
    v20: "cluster_addons",
    why: `the platform installs ${ownAddOns.join(", ")}, each in one exact version; others go through Git`,
    convert: addOns,
  },
  none("addons_timeouts", "the provider's defaults", "cluster_addons_timeouts"),
  {
    name: "self_managed_node_groups",
    why: "nodes are managed node groups",
    convert: (value) => ({
      left: records(value).map(
        ([key]) => [key, "self-managed groups have no counterpart: make it a managed one"] as const,
      ),
    }),
  },
  none("self_managed_node_group_defaults", "nodes are managed node groups"),
  {
    name: "fargate_profiles",
    why: "nodes are managed node groups",
    convert: (value) => ({ left: records(value).map(([key]) => [key, "Fargate has no counterpart"] as const) }),
  },
  none("fargate_profile_defaults", "nodes are managed node groups"),
  {
    name: "tags",
    key: "tags",
    why: "the stack's key `tags`, beside the platform's own",
    convert: (value) => ({ set: { tags: value } }),
  },
  none("dataplane_wait_duration", "the program orders by dependencies"),
  none("prefix_separator", "names are the platform's"),
  {
    name: "create",
    why: "a stack without a cluster is no stack",
    convert: (value) => (value === false ? leave("the module makes nothing with it: is this the right file?") : {}),
  },
  none("putin_khuylo", "no counterpart"),
];
