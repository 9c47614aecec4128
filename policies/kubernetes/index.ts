import { namespaceDefaultDeny, namespacePodSecurity } from "./namespaces.ts";
import { noPlainSecrets } from "./no-plain-secrets.ts";
import { namespaceQuota } from "./quota.ts";
import { accessNoClusterAdmin, rbacNoClusterAdmin, rbacNoWildcards } from "./rbac.ts";
import { imagePinned, workloadNoHost, workloadNonRoot, workloadNoPrivileged, workloadResources } from "./workloads.ts";

/** Policies on what runs in a cluster. */
export const kubernetesPolicies = [
  rbacNoWildcards,
  rbacNoClusterAdmin,
  accessNoClusterAdmin,
  noPlainSecrets,
  namespacePodSecurity,
  namespaceDefaultDeny,
  namespaceQuota,
  workloadResources,
  workloadNonRoot,
  workloadNoPrivileged,
  workloadNoHost,
  imagePinned,
] as const;
