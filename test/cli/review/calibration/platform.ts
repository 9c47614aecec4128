import { example, resource } from "./example.ts";

const version = (before: string, after: string) => ({ fields: [{ path: "version", before, after }] });

/** Changes of the program and the stacks. */
export const platformExamples = [
  example("a tag of dev's cluster", ["approve", "low"], {
    objects: [resource("dev", "aws:eks/cluster:Cluster", "changed", { dependents: 4 })],
  }),
  example("node groups of prod grow", ["approve", "high"], {
    objects: [resource("prod", "aws:eks/nodeGroup:NodeGroup", "changed")],
  }),
  example("Kubernetes of dev goes up a version", ["approve", "low"], {
    objects: [resource("dev", "aws:eks/cluster:Cluster", "changed", version("1.33", "1.34"))],
  }),
  example("Kubernetes of prod goes up a version", ["approve", "high"], {
    objects: [resource("prod", "aws:eks/cluster:Cluster", "changed", version("1.33", "1.34"))],
  }),
  example("the cluster of prod is replaced", ["reject", "critical"], {
    objects: [resource("prod", "aws:eks/cluster:Cluster", "replaced", { dependents: 60 })],
  }),
  example("the cluster of dev is replaced", ["approve", "medium"], {
    objects: [resource("dev", "aws:eks/cluster:Cluster", "replaced", { dependents: 10 })],
  }),
  example("a CRD is removed from prod", ["reject", "critical"], {
    objects: [
      resource("prod", "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", "removed", { dependents: 8 }),
    ],
  }),
  example("a volume of prod is replaced, without a reason", ["reject", "critical"], {
    objects: [resource("prod", "kubernetes:core/v1:PersistentVolumeClaim", "replaced")],
    messages: ["Resize volume", "WIP try a larger one"],
  }),
  example("a namespace of prod is removed", ["reject", "critical"], {
    objects: [resource("prod", "kubernetes:core/v1:Namespace", "removed", { dependents: 12 })],
    messages: ["Clean up"],
  }),
  example("a new role in dev", ["approve", "low"], {
    objects: [resource("dev", "kubernetes:rbac.authorization.k8s.io/v1:Role", "added")],
  }),
  example("a new ClusterRole and its binding in prod", ["approve", "high"], {
    objects: [
      resource("prod", "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "added"),
      resource("prod", "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding", "added"),
    ],
  }),
  example("IAM, RBAC and network of prod in one change", ["reject", "critical"], {
    objects: [
      resource("prod", "aws:iam/role:Role", "changed"),
      resource("prod", "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "changed"),
      resource("prod", "aws:ec2/securityGroup:SecurityGroup", "changed"),
      resource("prod", "aws:eks/cluster:Cluster", "changed"),
    ],
  }),
  example("Argo CD's chart, minor version, staging", ["approve", "low"], {
    objects: [resource("staging", "kubernetes:helm.sh/v3:Release", "changed", version("10.9.0", "10.10.1"))],
  }),
  example("Argo CD's chart, major version, all environments", ["reject", "critical"], {
    objects: (["dev", "staging", "prod"] as const).map((place) =>
      resource(place, "kubernetes:helm.sh/v3:Release", "changed", { ...version("10.9.0", "11.0.0"), dependents: 5 }),
    ),
    messages: ["feat(argocd)!: move to the next major version\n\nBREAKING CHANGE: the values moved below configs"],
  }),
  example("the local platform's chart values", ["approve", "low"], {
    objects: [resource("local", "kubernetes:helm.sh/v3:Release", "changed")],
  }),
  example("prod is installed for the first time", ["reject", "critical"], {
    objects: [
      resource("prod", "eks:index:Cluster", "added", { dependents: 60 }),
      resource("prod", "aws:ec2/vpc:Vpc", "added", { dependents: 20 }),
      resource("prod", "aws:iam/role:Role", "added"),
      resource("prod", "kubernetes:helm.sh/v3:Release", "added"),
      resource("prod", "kubernetes:core/v1:Namespace", "added"),
    ],
  }),
];
