import { leave, none, records, texts } from "./mapping.ts";
import type { Conversion, InputMapping } from "./mapping.ts";

type Level = "viewer" | "deployer" | "admin";

/**
 * AWS's access policies by the level here (EKS user guide, "Review access policy permissions"). viewer and deployer are
 * bound in the namespaces of the environments alone, with fewer verbs, and read there what Flagger, KEDA and the Gateway
 * API have, which those policies do not name (infra/delivery/rbac-objects.ts).
 */
const levels: Readonly<Record<string, Level>> = {
  AmazonEKSClusterAdminPolicy: "admin",
  AmazonEKSEditPolicy: "deployer",
  AmazonEKSViewPolicy: "viewer",
  AmazonEKSAdminViewPolicy: "viewer",
};

function accessEntries(value: unknown): Conversion {
  const set: Record<Level, string[]> = { viewer: [], deployer: [], admin: [] };
  const left: [string, string][] = [];
  for (const [key, entry] of records(value)) {
    const principal = entry["principal_arn"];
    const type = entry["type"] ?? "STANDARD";
    if (typeof principal !== "string" || type !== "STANDARD") {
      left.push([key, `type ${JSON.stringify(type)}: entries of nodes are made by EKS, with the node group`]);
      continue;
    }
    const associations = records(entry["policy_associations"]).map(([, one]) => one);
    const found = associations.map((one) => {
      const scope = one["access_scope"] as { readonly type?: unknown } | undefined;
      const policy = String(one["policy_arn"]).split("/").at(-1) ?? "";
      return { policy, level: scope?.type === "cluster" ? levels[policy] : undefined };
    });
    const known = (["admin", "deployer", "viewer"] as const).find((level) => found.some((one) => one.level === level));
    if (known !== undefined) set[known].push(principal);
    for (const { policy, level } of found) {
      if (level === undefined) {
        left.push([key, `${policy} of ${principal}: no level of cluster.access has these rights; decide by hand`]);
      }
    }
    const groups = texts(entry["kubernetes_groups"]);
    if (groups.length > 0) {
      left.push([
        key,
        `Kubernetes groups ${groups.join(", ")}: EKS entries of the platform carry the platform's groups alone`,
      ]);
    }
    if (known === undefined && associations.length === 0 && groups.length === 0) {
      left.push([key, `${principal} has no policy and no group; choose a level of cluster.access`]);
    }
  }
  const given = Object.fromEntries(Object.entries(set).filter(([, arns]) => arns.length > 0));
  return { ...(Object.keys(given).length > 0 ? { set: { "cluster.access": given } } : {}), left };
}

/** Who gets in. */
export const accessInputs: readonly InputMapping[] = [
  {
    name: "access_entries",
    key: "cluster.access",
    why: "cluster-wide ClusterAdmin is admin; Edit is deployer and View is viewer, in the namespaces of the environments alone",
    convert: accessEntries,
  },
  {
    name: "authentication_mode",
    moduleDefault: "API_AND_CONFIG_MAP",
    why: "always API here",
    convert: (value) =>
      value === "API"
        ? {}
        : leave(
            `${String(value)}: the platform has API alone; identities of the ConfigMap aws-auth need access entries first`,
          ),
  },
  none("enable_cluster_creator_admin_permissions", "@pulumi/eks always makes the creator an administrator"),
  none("identity_providers", "OIDC identities for kubectl have no counterpart", "cluster_identity_providers"),
  none("enable_irsa", "service accounts get rights by EKS Pod Identity; workloads that use IRSA must move first"),
  none("openid_connect_audiences", "there is no OIDC provider here: EKS Pod Identity serves"),
  none("include_oidc_root_ca_thumbprint", "there is no OIDC provider here: EKS Pod Identity serves"),
  none("custom_oidc_thumbprints", "there is no OIDC provider here: EKS Pod Identity serves"),
  none("create_iam_role", "@pulumi/eks makes the cluster's role"),
  none("iam_role_*", "@pulumi/eks makes the cluster's role"),
  none("enable_security_groups_for_pods", "security groups for pods have no counterpart"),
  none("create_auto_mode_iam_resources", "EKS Auto Mode has no counterpart"),
  none("enable_auto_mode_custom_tags", "EKS Auto Mode has no counterpart"),
  none("create_node_iam_role", "EKS Auto Mode has no counterpart"),
  none("node_iam_role_*", "EKS Auto Mode has no counterpart"),
];
