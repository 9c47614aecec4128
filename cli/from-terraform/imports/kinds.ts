/** A type of Terraform resource that Pulumi can take over. */
export interface ImportKind {
  readonly terraform: string;
  /** Pulumi's type. */
  readonly pulumi: string;
  /** Attributes of Terraform's resource that make the id which `pulumi import` wants. */
  readonly from: readonly string[];
  /** Between them. Default ":". */
  readonly separator?: string;
}

/**
 * What is imported, by which id. Every id is that of the section "Import" in the documentation of the type: @pulumi/aws
 * 7.48.0, the file of the type (for example eks/nodeGroup.d.ts: `clusterName` and `nodeGroupName`, separated by a colon).
 */
export const importKinds: readonly ImportKind[] = [
  { terraform: "aws_vpc", pulumi: "aws:ec2/vpc:Vpc", from: ["id"] },
  { terraform: "aws_subnet", pulumi: "aws:ec2/subnet:Subnet", from: ["id"] },
  { terraform: "aws_internet_gateway", pulumi: "aws:ec2/internetGateway:InternetGateway", from: ["id"] },
  { terraform: "aws_nat_gateway", pulumi: "aws:ec2/natGateway:NatGateway", from: ["id"] },
  { terraform: "aws_eip", pulumi: "aws:ec2/eip:Eip", from: ["allocation_id"] },
  { terraform: "aws_route_table", pulumi: "aws:ec2/routeTable:RouteTable", from: ["id"] },
  {
    terraform: "aws_route_table_association",
    pulumi: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    from: ["subnet_id", "route_table_id"],
    separator: "/",
  },
  { terraform: "aws_security_group", pulumi: "aws:ec2/securityGroup:SecurityGroup", from: ["id"] },
  { terraform: "aws_launch_template", pulumi: "aws:ec2/launchTemplate:LaunchTemplate", from: ["id"] },
  { terraform: "aws_iam_role", pulumi: "aws:iam/role:Role", from: ["name"] },
  {
    terraform: "aws_iam_role_policy_attachment",
    pulumi: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    from: ["role", "policy_arn"],
    separator: "/",
  },
  { terraform: "aws_iam_policy", pulumi: "aws:iam/policy:Policy", from: ["arn"] },
  {
    terraform: "aws_iam_openid_connect_provider",
    pulumi: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    from: ["arn"],
  },
  { terraform: "aws_kms_key", pulumi: "aws:kms/key:Key", from: ["key_id"] },
  { terraform: "aws_kms_alias", pulumi: "aws:kms/alias:Alias", from: ["name"] },
  { terraform: "aws_cloudwatch_log_group", pulumi: "aws:cloudwatch/logGroup:LogGroup", from: ["name"] },
  { terraform: "aws_eks_cluster", pulumi: "aws:eks/cluster:Cluster", from: ["name"] },
  {
    terraform: "aws_eks_node_group",
    pulumi: "aws:eks/nodeGroup:NodeGroup",
    from: ["cluster_name", "node_group_name"],
  },
  { terraform: "aws_eks_addon", pulumi: "aws:eks/addon:Addon", from: ["cluster_name", "addon_name"] },
  {
    terraform: "aws_eks_access_entry",
    pulumi: "aws:eks/accessEntry:AccessEntry",
    from: ["cluster_name", "principal_arn"],
  },
  {
    terraform: "aws_eks_access_policy_association",
    pulumi: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    from: ["cluster_name", "principal_arn", "policy_arn"],
    separator: "#",
  },
  {
    terraform: "aws_eks_fargate_profile",
    pulumi: "aws:eks/fargateProfile:FargateProfile",
    from: ["cluster_name", "fargate_profile_name"],
  },
];

/** Types that have no entry of their own on purpose. */
export const withoutEntry: Readonly<Record<string, string>> = {
  aws_route:
    "comes with its route table, which is read with its routes; the two must not both hold one (@pulumi/aws, ec2/routeTable.d.ts)",
  aws_security_group_rule: "comes with its security group, which is read with its rules",
  aws_vpc_security_group_ingress_rule: "comes with its security group, which is read with its rules",
  aws_vpc_security_group_egress_rule: "comes with its security group, which is read with its rules",
  aws_default_security_group: "AWS made it with the VPC; let Terraform forget it",
  aws_default_route_table: "AWS made it with the VPC; let Terraform forget it",
  aws_default_network_acl: "AWS made it with the VPC; let Terraform forget it",
  aws_ec2_tag: "a tag alone; it stays where it is",
  time_sleep: "exists in Terraform alone",
  null_resource: "exists in Terraform alone",
};
