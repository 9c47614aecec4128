import { celText, notLeaving } from "../rule.ts";
import type { AdmissionRule } from "../rule.ts";

const star = (field: string): string => `r.?${field}.orValue([]).exists(v, v.contains("*"))`;

/** Roles in an environment name their verbs, resources and API groups. ClusterRoles are the controllers' business. */
export const rbacNoWildcards: AdmissionRule = {
  name: "rbac-no-wildcards",
  targets: [{ group: "rbac.authorization.k8s.io", version: "v1", resources: ["roles"] }],
  conditions: notLeaving,
  // A Role without rules has the value null there.
  variables: { rules: "has(object.rules) && object.rules != null ? object.rules : []" },
  validations: [
    {
      expression: `!variables.rules.exists(r, ${["verbs", "resources", "apiGroups"].map(star).join(" || ")})`,
      message:
        '"Role " + object.metadata.name + " has a wildcard" + ' +
        celText("; allowed: verbs, resources and API groups one by one; replace * by what the role is for"),
    },
  ],
};
