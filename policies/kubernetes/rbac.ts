import { cis, nsa, pci } from "../model/framework.ts";
import { isKind } from "../model/kubernetes-object.ts";
import type { KubernetesObject } from "../model/kubernetes-object.ts";
import { objectPolicy } from "../model/object-policy.ts";
import { resourcePolicy } from "../model/resource-policy.ts";
import { fields, list, quote, text, texts } from "../model/values.ts";

const group = "rbac.authorization.k8s.io";

export const rbacNoWildcards = objectPolicy({
  name: "rbac-no-wildcards",
  description: "Roles name their verbs, resources and API groups.",
  severity: "high",
  remediation: "replace `*` by what the role is for",
  references: [cis("4.1.3"), nsa("Authentication and authorization"), pci("7.2.2")],
  judgeObject: (object) => {
    if (!isRole(object)) return [];
    return list(object["rules"])
      .map(fields)
      .flatMap((rule, index) =>
        ["verbs", "resources", "apiGroups", "nonResourceURLs"]
          .filter((field) => texts(rule[field]).some((value) => value.includes("*")))
          .map((field) => `rules[${index}].${field} is ${quote(rule[field])}`),
      );
  },
});

function isRole(object: KubernetesObject): boolean {
  return isKind(object, group, "Role") || isKind(object, group, "ClusterRole");
}

export const rbacNoClusterAdmin = objectPolicy({
  name: "rbac-no-cluster-admin",
  description: "Nobody is bound to `cluster-admin` or put into `system:masters`.",
  severity: "critical",
  remediation: "bind a Role with the verbs that are needed, in the namespaces where they are",
  references: [cis("4.1.1"), nsa("Authentication and authorization"), pci("7.2.2")],
  judgeObject: (object) => {
    if (!isKind(object, group, "RoleBinding") && !isKind(object, group, "ClusterRoleBinding")) return [];
    const subjects = list(object["subjects"]).map(fields);
    const reasons: string[] = [];
    if (fields(object["roleRef"])["name"] === "cluster-admin")
      reasons.push(
        `cluster-admin is given to ${subjects.map(({ kind, name }) => `${String(kind)} ${String(name)}`).join(", ")}`,
      );
    if (subjects.some(({ kind, name }) => kind === "Group" && name === "system:masters"))
      reasons.push("group system:masters is a subject");
    return reasons;
  },
});

interface AccessSettings {
  readonly breakGlass: readonly string[];
}

const administrators = /cluster-access-policy\/AmazonEKSClusterAdminPolicy$/;

/** The same by the EKS API; those who mend a broken cluster are named in the configuration, where a review sees them. */
export const accessNoClusterAdmin = resourcePolicy<AccessSettings>({
  name: "access-no-cluster-admin",
  description: "Only named principals are administrators of a whole cluster.",
  severity: "critical",
  remediation:
    "give the principal a group of infra/cluster/access.ts, or name it in `breakGlass` with its reason in Git",
  references: [cis("4.1.1"), nsa("Authentication and authorization"), pci("7.2.2")],
  settings: {
    breakGlass: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "ARNs of principals that may administer the cluster when everything else is broken.",
    },
  },
  types: [
    "eks:index:Cluster",
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    "aws:eks/accessEntry:AccessEntry",
  ],
  judge: ({ type, props }, { breakGlass }) => {
    const entries = type === "eks:index:Cluster" ? Object.values(fields(props["accessEntries"])).map(fields) : [props];
    return entries.flatMap((entry) => {
      const principal = text(entry["principalArn"]) ?? "a principal";
      if (breakGlass.includes(principal)) return [];
      const policies = [entry, ...Object.values(fields(entry["accessPolicies"])).map(fields)];
      const reasons: string[] = [];
      if (policies.some(({ policyArn }) => administrators.test(text(policyArn) ?? "")))
        reasons.push(`${principal} has AmazonEKSClusterAdminPolicy`);
      if (texts(entry["kubernetesGroups"]).includes("system:masters"))
        reasons.push(`${principal} is in system:masters`);
      return reasons;
    });
  },
});
