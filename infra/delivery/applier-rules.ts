import { allowedKinds, resourceOf } from "./kinds.ts";

/** A rule of a Role. */
export interface PolicyRule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
}

/** To apply, to prune, and to wait. */
const verbs = ["get", "list", "watch", "create", "update", "patch", "delete"];

/**
 * What a GitOps engine needs in the namespace of an environment: the kinds of the AppProject and no other, so that all
 * engines refuse the same. The last two rules only look: the health of a Deployment is also that of its pods
 * (fluxcd/cli-utils v1.2.3, pkg/kstatus/polling/statusreaders), and Argo CD shows them.
 */
export function applierRules(): readonly PolicyRule[] {
  const groups = new Map<string, string[]>();
  for (const { group, kind } of allowedKinds) groups.set(group, [...(groups.get(group) ?? []), resourceOf[kind]]);
  return [
    ...[...groups].map(([group, resources]) => ({ apiGroups: [group], resources, verbs: [...verbs] })),
    { apiGroups: ["apps"], resources: ["replicasets"], verbs: ["get", "list", "watch"] },
    { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] },
  ];
}
