import { describe, expect, test } from "@jest/globals";

import { kindOf } from "../../../../cli/review/change/kind.ts";

describe("kinds", () => {
  test.each([
    ["kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "rbac"],
    ["rbac.authorization.k8s.io/v1/RoleBinding", "rbac"],
    ["v1/ServiceAccount", "rbac"],
    ["aws:eks/accessEntry:AccessEntry", "rbac"],
    ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "identity"],
    ["aws:eks/podIdentityAssociation:PodIdentityAssociation", "identity"],
    ["apiextensions.k8s.io/v1/CustomResourceDefinition", "crd"],
    ["eks:index:Cluster", "cluster"],
    ["aws:eks/nodeGroup:NodeGroup", "cluster"],
    ["aws:ec2/vpc:Vpc", "network"],
    ["networking.k8s.io/v1/NetworkPolicy", "network"],
    ["v1/Service", "network"],
    ["kubernetes:core/v1:PersistentVolumeClaim", "storage"],
    ["kubernetes:storage.k8s.io/v1:StorageClass", "storage"],
    ["kubernetes:core/v1:Namespace", "namespace"],
    ["kubernetes:argoproj.io/v1alpha1:AppProject", "delivery"],
    ["flagger.app/v1beta1/Canary", "delivery"],
    ["keda.sh/v1alpha1/ScaledObject", "autoscaling"],
    ["kubernetes:core/v1:Secret", "secret"],
    ["kubernetes:helm.sh/v3:Release", "controller"],
    ["apps/v1/Deployment", "workload"],
    ["random:index/randomId:RandomId", "other"],
  ])("%s is %s", (type, kind) => {
    expect(kindOf(type)).toBe(kind);
  });
});
