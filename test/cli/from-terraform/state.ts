/** A state as `terraform show -json` prints it: the VPC and EKS modules, one managed group, made up ids. */

const account = "111122223333";
const role = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
const policy = (name: string): string => `arn:aws:eks::aws:cluster-access-policy/${name}`;

interface Resource {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const managed = (address: string, values: Readonly<Record<string, unknown>>): Resource => ({
  address,
  mode: "managed",
  type: /(aws_[a-z0-9_]+|time_sleep)/.exec(address)?.[0] ?? "",
  values,
});

const zones = ["eu-central-1a", "eu-central-1b"];
const subnet = (kind: "public" | "private", index: number, cidr: string): Resource =>
  managed(`module.vpc.aws_subnet.${kind}[${index}]`, {
    id: `subnet-${kind}-${index}`,
    vpc_id: "vpc-0a",
    availability_zone: zones[index],
    cidr_block: cidr,
  });

const vpc: readonly Resource[] = [
  managed("module.vpc.aws_vpc.this[0]", { id: "vpc-0a", cidr_block: "10.20.0.0/16" }),
  subnet("private", 0, "10.20.0.0/20"),
  subnet("private", 1, "10.20.16.0/20"),
  subnet("public", 0, "10.20.200.0/24"),
  subnet("public", 1, "10.20.201.0/24"),
  managed("module.vpc.aws_route.public_internet_gateway[0]", { id: "r-rtb-1", route_table_id: "rtb-1" }),
  managed("module.vpc.aws_route_table_association.private[0]", {
    id: "rtbassoc-1",
    subnet_id: "subnet-private-0",
    route_table_id: "rtb-1",
  }),
];

const entry = (principal: string, more: Readonly<Record<string, unknown>> = {}): Resource =>
  managed(`module.eks.aws_eks_access_entry.this["${principal}"]`, {
    cluster_name: "shop",
    principal_arn: role(principal),
    type: "STANDARD",
    kubernetes_groups: [],
    ...more,
  });
const association = (principal: string, name: string, scope: object): Resource =>
  managed(`module.eks.aws_eks_access_policy_association.this["${principal}"]`, {
    cluster_name: "shop",
    principal_arn: role(principal),
    policy_arn: policy(name),
    access_scope: [scope],
  });

const eks: readonly Resource[] = [
  managed("module.eks.aws_eks_cluster.this[0]", {
    id: "shop",
    name: "shop",
    arn: `arn:aws:eks:eu-central-1:${account}:cluster/shop`,
    version: "1.35",
    enabled_cluster_log_types: ["api", "audit"],
    role_arn: role("shop-cluster"),
    vpc_config: [
      {
        endpoint_private_access: true,
        endpoint_public_access: true,
        public_access_cidrs: ["203.0.113.0/24"],
        subnet_ids: ["subnet-private-0", "subnet-private-1"],
        vpc_id: "vpc-0a",
      },
    ],
    kubernetes_network_config: [{ ip_family: "ipv4", service_ipv4_cidr: "172.21.0.0/16" }],
    access_config: [{ authentication_mode: "API_AND_CONFIG_MAP" }],
    upgrade_policy: [{ support_type: "EXTENDED" }],
    encryption_config: [{ provider: [{ key_arn: `arn:aws:kms:eu-central-1:${account}:key/k-1` }] }],
    tags: { team: "shop" },
    certificate_authority: [{ data: "a-certificate-that-nobody-needs-to-see" }],
  }),
  managed("module.eks.aws_cloudwatch_log_group.this[0]", { name: "/aws/eks/shop/cluster", retention_in_days: 30 }),
  managed("module.eks.time_sleep.this[0]", { id: "2026-01-01T00:00:00Z" }),
  managed("module.eks.module.kms.aws_kms_key.this[0]", { id: "k-1", key_id: "k-1" }),
  managed('module.eks.aws_eks_addon.this["coredns"]', { cluster_name: "shop", addon_name: "coredns" }),
  managed('module.eks.aws_eks_addon.this["adot"]', { cluster_name: "shop", addon_name: "adot" }),
  entry("admins"),
  association("admins", "AmazonEKSClusterAdminPolicy", { type: "cluster" }),
  entry("team"),
  association("team", "AmazonEKSEditPolicy", { type: "namespace", namespaces: ["shop"] }),
  entry("nodes", { type: "EC2_LINUX" }),
];

const nodes: readonly Resource[] = [
  managed('module.eks.module.eks_managed_node_group["main"].aws_launch_template.this[0]', {
    id: "lt-1",
    block_device_mappings: [{ device_name: "/dev/xvda", ebs: [{ volume_size: 80 }] }],
  }),
  managed('module.eks.module.eks_managed_node_group["main"].aws_eks_node_group.this[0]', {
    cluster_name: "shop",
    node_group_name: "main_pool-2026010112000000000000000a",
    node_group_name_prefix: "main_pool-",
    ami_type: "BOTTLEROCKET_x86_64",
    capacity_type: "SPOT",
    disk_size: 0,
    instance_types: ["m7i.large", "m6i.large"],
    scaling_config: [{ min_size: 2, desired_size: 3, max_size: 6 }],
    labels: { pool: "main" },
    launch_template: [{ id: "lt-1", version: "1" }],
    subnet_ids: ["subnet-private-0", "subnet-private-1"],
    taint: [{ key: "team", value: "shop", effect: "PREFER_NO_SCHEDULE" }],
  }),
];

const data: Resource = {
  address: "module.eks.data.aws_partition.current[0]",
  mode: "data",
  type: "aws_partition",
  values: {},
};
const module = (resources: readonly Resource[]): object => ({ resources });

/** The state; as a plan it stands under `prior_state`. */
export const state = {
  format_version: "1.0",
  terraform_version: "1.9.0",
  values: {
    root_module: { child_modules: [module(vpc), { ...module([...eks, data]), child_modules: [module(nodes)] }] },
  },
};
