/** A rule of a Role. */
export interface Rule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

/** API groups that exist here and that Flagger has a reason to use: plain Services, the Gateway API, KEDA. */
const used: readonly string[] = ["", "apps", "autoscaling", "flagger.app", "gateway.networking.k8s.io", "keda.sh"];

/**
 * Flagger's own rules without those for meshes and ingress controllers that are not here, and without the leases of a
 * leader election that one instance does not need.
 */
export function ownRules(upstream: readonly Rule[]): readonly Rule[] {
  return upstream.flatMap((rule) => {
    if (rule.apiGroups === undefined) return [rule];
    const apiGroups = rule.apiGroups.filter((group) => used.includes(group));
    return apiGroups.length === 0 ? [] : [{ ...rule, apiGroups }];
  });
}
