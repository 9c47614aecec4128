import { kubernetesVersions } from "../../../infra/cluster/versions.ts";

import { isRecord, leave, none, same } from "./mapping.ts";
import type { InputMapping } from "./mapping.ts";

/** The control plane: version, endpoint, logs, encryption. */
export const clusterInputs: readonly InputMapping[] = [
  none(
    "name",
    "the platform names a cluster of its own gitops-<stack>; the name is the context of an existing one",
    "cluster_name",
  ),
  {
    name: "kubernetes_version",
    v20: "cluster_version",
    key: "cluster.kubernetesVersion",
    why: "as it is, where the platform has builds of the add-ons for it (infra/cluster/versions.ts)",
    convert: (value) =>
      (kubernetesVersions as readonly unknown[]).includes(value)
        ? { set: { "cluster.kubernetesVersion": value } }
        : leave(
            `the platform has add-ons for ${kubernetesVersions.join(", ")} alone; upgrade the cluster to one of these first`,
          ),
  },
  {
    name: "enabled_log_types",
    v20: "cluster_enabled_log_types",
    moduleDefault: ["audit", "api", "authenticator"],
    key: "cluster.logTypes",
    why: "as it is",
    convert: same("cluster.logTypes"),
  },
  {
    name: "endpoint_public_access",
    v20: "cluster_endpoint_public_access",
    moduleDefault: false,
    key: "cluster.endpoint.public",
    why: "as it is; the module's default is false, the platform's is true",
    convert: same("cluster.endpoint.public"),
  },
  {
    name: "endpoint_private_access",
    v20: "cluster_endpoint_private_access",
    moduleDefault: true,
    key: "cluster.endpoint.private",
    why: "as it is",
    convert: same("cluster.endpoint.private"),
  },
  {
    name: "endpoint_public_access_cidrs",
    v20: "cluster_endpoint_public_access_cidrs",
    moduleDefault: ["0.0.0.0/0"],
    key: "cluster.endpoint.publicCidrs",
    why: "as it is, where the endpoint is public; without effect otherwise, which the platform refuses",
    convert: (value, { input }) =>
      input("endpoint_public_access") === true ? { set: { "cluster.endpoint.publicCidrs": value } } : {},
  },
  {
    name: "upgrade_policy",
    v20: "cluster_upgrade_policy",
    key: "cluster.extendedSupport",
    why: "support_type EXTENDED is true, STANDARD is false (the platform's default)",
    convert: (value) => {
      const type = isRecord(value) ? value["support_type"] : undefined;
      if (type === "EXTENDED") return { set: { "cluster.extendedSupport": true } };
      return type === "STANDARD" ? { set: { "cluster.extendedSupport": false } } : {};
    },
  },
  {
    name: "cloudwatch_log_group_retention_in_days",
    moduleDefault: 90,
    key: "cluster.logRetentionDays",
    why: "as it is; 0 (for ever) has no counterpart",
    convert: (value) =>
      value === 0
        ? leave("logs for ever have no counterpart; the longest are 3653 days")
        : { set: { "cluster.logRetentionDays": value } },
  },
  {
    name: "service_ipv4_cidr",
    v20: "cluster_service_ipv4_cidr",
    key: "cluster.serviceCidr",
    why: "as it is; where the module leaves the choice to AWS, the platform has 172.20.0.0/16",
    convert: same("cluster.serviceCidr"),
  },
  none("create_cloudwatch_log_group", "the platform always makes the log group, so that it ends with the stack"),
  none(
    "cloudwatch_log_group_*",
    "the platform's log group is encrypted by CloudWatch, of the standard class, tagged as the stack",
  ),
  none("deletion_protection", "on for prod and off elsewhere (infra/environments.ts)"),
  none(
    "encryption_config",
    "the platform makes a KMS key of its own for Secrets, with rotation: a key given by ARN is not taken",
    "cluster_encryption_config",
  ),
  none("create_kms_key", "the platform always makes the key"),
  none("enable_kms_key_rotation", "always on"),
  none("kms_key_*", "the platform's key has AWS's default policy, and an alias of the cluster's name"),
  none("attach_encryption_policy", "the role and its policies are @pulumi/eks's", "attach_cluster_encryption_policy"),
  none("encryption_policy_*", "there is no such policy here", "cluster_encryption_policy_*"),
  none("cluster_tags", "the platform has one set of tags for everything"),
  none("timeouts", "the provider's defaults", "cluster_timeouts"),
  none(
    "force_update_version",
    "an upgrade that EKS refuses is to be looked at: `gitops upgrade-check`",
    "cluster_force_update_version",
  ),
  none("compute_config", "EKS Auto Mode has no counterpart: nodes are managed node groups", "cluster_compute_config"),
  none("control_plane_scaling_config", "no counterpart: the standard tier"),
  none("remote_network_config", "hybrid nodes have no counterpart", "cluster_remote_network_config"),
  none("zonal_shift_config", "no counterpart", "cluster_zonal_shift_config"),
  none("outpost_config", "clusters on Outposts have no counterpart"),
  none("bootstrap_self_managed_addons", "always false: add-ons are managed ones"),
];
