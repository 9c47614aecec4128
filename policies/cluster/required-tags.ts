import { pci } from "../model/framework.ts";
import { resourcePolicy } from "../model/resource-policy.ts";
import { fields, quote } from "../model/values.ts";
import type { Fields } from "../model/values.ts";

interface Settings {
  readonly tags: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}

/** Types of this program and of pulumi-eks that take `tags`; a test compares them with the types of @pulumi/aws. */
export const taggableTypes: readonly string[] = [
  "eks:index:Cluster",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/eip:Eip",
  "aws:ec2/instance:Instance",
  "aws:ec2/internetGateway:InternetGateway",
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/routeTable:RouteTable",
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/subnet:Subnet",
  "aws:ec2/vpc:Vpc",
  "aws:ebs/volume:Volume",
  "aws:eks/addon:Addon",
  "aws:eks/cluster:Cluster",
  "aws:eks/nodeGroup:NodeGroup",
  "aws:eks/podIdentityAssociation:PodIdentityAssociation",
  "aws:iam/role:Role",
  "aws:kms/key:Key",
];

/** Tags of a provider count: it puts them on everything that it makes. */
export const requiredTags = resourcePolicy<Settings>({
  name: "required-tags",
  description: "Every cloud resource says whose it is and who pays for it.",
  severity: "low",
  remediation: "add the tags to `tags` in the stack's configuration; level `remediate` adds those with a value",
  references: [pci("2.2.6")],
  settings: {
    tags: {
      type: "array",
      items: { type: "string" },
      default: ["gitops-stack", "cost-center"],
      description: "Keys that have to be there.",
    },
    values: {
      type: "object",
      additionalProperties: { type: "string" },
      default: {},
      description: "What level `remediate` fills in, by key.",
    },
  },
  types: taggableTypes,
  judge: ({ props, provider }, { tags }) => {
    const given = { ...defaultTags(provider), ...fields(props["tagsAll"]), ...fields(props["tags"]) };
    const missing = tags.filter((tag) => given[tag] === undefined || given[tag] === "");
    return missing.length === 0
      ? []
      : [`${missing.length === 1 ? "tag" : "tags"} ${missing.map(quote).join(", ")} missing`];
  },
  remediate: (_type, props, { tags, values }) => {
    const given = fields(props["tags"]);
    const added = tags.filter((tag) => given[tag] === undefined && values[tag] !== undefined);
    if (added.length === 0) return false;
    props["tags"] = { ...given, ...Object.fromEntries(added.map((tag) => [tag, values[tag]])) };
    return true;
  },
});

/** The AWS provider's own inputs arrive as JSON text. */
function defaultTags(provider: Fields | undefined): Fields {
  const given = provider?.["defaultTags"];
  if (typeof given !== "string") return fields(fields(given)["tags"]);
  try {
    return fields(fields(JSON.parse(given))["tags"]);
  } catch {
    return {};
  }
}
