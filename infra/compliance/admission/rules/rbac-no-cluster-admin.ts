import { celText, notLeaving } from "../rule.ts";
import type { AdmissionRule } from "../rule.ts";

/**
 * People and everybody. Kubernetes and EKS keep the prefixes `system:` and `eks:` for their own components, which no
 * person can be called; the groups that hold everyone are the exception.
 */
const person =
  '(s.kind in ["User", "Group"] && (!s.name.startsWith("system:") && !s.name.startsWith("eks:") || s.name in ' +
  '["system:anonymous", "system:authenticated", "system:unauthenticated"]) || ' +
  's.kind == "Group" && s.name.startsWith("system:serviceaccounts"))';

/** The binding that Kubernetes itself makes, for those who hold a certificate of the cluster. */
const ofKubernetes = 'object.kind == "ClusterRoleBinding" && object.metadata.name == "cluster-admin"';

/**
 * Nobody is bound to `cluster-admin` or put into `system:masters`. In an environment's namespace not even a controller;
 * for the whole cluster, no person: some controllers are installed so.
 */
export const rbacNoClusterAdmin: AdmissionRule = {
  name: "rbac-no-cluster-admin",
  // A selector of namespaces never skips what is in none: ClusterRoleBindings are judged wherever the rule is bound.
  targets: [{ group: "rbac.authorization.k8s.io", version: "v1", resources: ["rolebindings", "clusterrolebindings"] }],
  conditions: { ...notLeaving, "not-of-kubernetes": `!(${ofKubernetes})` },
  variables: { subjects: "has(object.subjects) && object.subjects != null ? object.subjects : []" },
  validations: [
    {
      expression:
        'object.roleRef.name != "cluster-admin" || ' +
        `object.kind == "ClusterRoleBinding" && !variables.subjects.exists(s, ${person})`,
      message:
        'object.kind + " " + object.metadata.name + " gives cluster-admin to " + ' +
        'variables.subjects.map(s, s.kind + " " + s.name).join(", ") + ' +
        celText("; allowed: the verbs that are needed, in the namespaces where they are; bind a Role with those"),
    },
    {
      expression: '!variables.subjects.exists(s, s.kind == "Group" && s.name == "system:masters")',
      message:
        'object.kind + " " + object.metadata.name + " gives rights to the group system:masters" + ' +
        celText("; allowed: groups that the platform's configuration names; bind one of those"),
    },
  ],
};
