import type { AdmissionRule } from "../rule.ts";

import { imagePinned } from "./image-pinned.ts";
import { namespacePodSecurity } from "./namespace-pod-security.ts";
import { networkDefaultDeny } from "./network-default-deny.ts";
import { rbacNoClusterAdmin } from "./rbac-no-cluster-admin.ts";
import { rbacNoWildcards } from "./rbac-no-wildcards.ts";
import { serviceAccountToken } from "./service-account-token.ts";
import { workloadNoHost } from "./workload-no-host.ts";
import { workloadNoPrivileged } from "./workload-no-privileged.ts";
import { workloadNonRoot } from "./workload-non-root.ts";
import { workloadResources } from "./workload-resources.ts";

/** Every rule of admission. */
export const admissionRules: readonly AdmissionRule[] = [
  networkDefaultDeny,
  namespacePodSecurity,
  serviceAccountToken,
  rbacNoWildcards,
  rbacNoClusterAdmin,
  imagePinned,
  workloadNonRoot,
  workloadNoPrivileged,
  workloadNoHost,
  workloadResources,
];
