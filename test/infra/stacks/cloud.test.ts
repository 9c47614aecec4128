import { beforeAll, describe, expect, test } from "@jest/globals";

import { cloudStacks, objectOf, recordingTimeout, recordStacks } from "./stack.ts";
import type { RecordedStack, StackName } from "./stack.ts";

let stacks: Record<StackName, RecordedStack>;

beforeAll(async () => {
  stacks = await recordStacks(cloudStacks);
}, recordingTimeout);

/** What is the same in every stack that makes a cluster, counted by type. */
const common = {
  "gitops:cluster:EksPlatform": 1,
  "gitops:cluster:Network": 1,
  "gitops:cluster:ControlPlane": 1,
  "gitops:cluster:PodIdentity": 2,
  "gitops:cluster:NodeGroups": 1,
  "gitops:cluster:AddOns": 1,
  "gitops:controllers:Prometheus": 1,
  "gitops:controllers:Flagger": 1,
  "gitops:controllers:Keda": 1,
  "gitops:controllers:CertManager": 1,
  "gitops:controllers:Argocd": 1,
  "gitops:delivery:Environment": 1,
  "gitops:compliance:Compliance": 1,
  "pulumi:providers:aws": 1,
  "pulumi:providers:kubernetes": 1,
  "aws:ec2/vpc:Vpc": 1,
  "aws:ec2/internetGateway:InternetGateway": 1,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": 1,
  "aws:ec2/subnet:Subnet": 6,
  "aws:ec2/routeTable:RouteTable": 6,
  "aws:ec2/route:Route": 6,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": 6,
  "aws:ec2/launchTemplate:LaunchTemplate": 1,
  "aws:kms/key:Key": 1,
  "aws:kms/alias:Alias": 1,
  "aws:cloudwatch/logGroup:LogGroup": 1,
  "aws:iam/role:Role": 3,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 4,
  "aws:eks/nodeGroup:NodeGroup": 1,
  "aws:eks/addon:Addon": 3,
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": 2,
  "eks:index:Cluster": 1,
  "kubernetes-cert-manager:index:CertManager": 1,
  "kubernetes:helm.sh/v3:Release": 5,
  "kubernetes:apps/v1:Deployment": 1,
  "kubernetes:core/v1:Service": 1,
  "kubernetes:core/v1:ServiceAccount": 2,
  "kubernetes:core/v1:ServiceAccountPatch": 1,
  "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy": 10,
  "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding": 10,
  "kubernetes:core/v1:Namespace": 6,
  "kubernetes:core/v1:ResourceQuota": 1,
  "kubernetes:core/v1:LimitRange": 1,
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": 3,
  "kubernetes:rbac.authorization.k8s.io/v1:Role": 2,
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": 3,
  "kubernetes:storage.k8s.io/v1:StorageClass": 1,
  "kubernetes:scheduling.k8s.io/v1:PriorityClass": 1,
  "kubernetes:cert-manager.io/v1:ClusterIssuer": 1,
  "kubernetes:argoproj.io/v1alpha1:Application": 4,
  "kubernetes:argoproj.io/v1alpha1:AppProject": 1,
  "kubernetes:flagger.app/v1beta1:AlertProvider": 1,
  "kubernetes:argoproj.io/v1alpha1:AppProjectPatch": 1,
};

/** Of the stack that has environments of pull requests. */
const previews = {
  "gitops:delivery:Previews": 1,
  "kubernetes:argoproj.io/v1alpha1:AppProject": 3,
  "kubernetes:argoproj.io/v1alpha1:ApplicationSet": 2,
  "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy": 11,
  "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding": 11,
};

describe.each([
  ["dev", { zonesWithNat: 1, protect: false, logDays: 30, nodes: [1, 3, 5], type: "m6i.large" }],
  ["staging", { zonesWithNat: 1, protect: false, logDays: 90, nodes: [1, 3, 5], type: "m6i.large" }],
  ["prod", { zonesWithNat: 3, protect: true, logDays: 400, nodes: [3, 3, 9], type: "m6i.xlarge" }],
] as const)("the stack %s", (name, expected) => {
  const one = (type: string) => {
    const found = stacks[name].all(type);
    expect([type, found.length]).toEqual([type, 1]);
    return found[0]!;
  };

  test("declares these resources and no others", () => {
    expect(stacks[name].counts()).toEqual({
      ...common,
      ...(name === "dev" ? previews : {}),
      "aws:ec2/eip:Eip": expected.zonesWithNat,
      "aws:ec2/natGateway:NatGateway": expected.zonesWithNat,
    });
  });

  test("has a way out through NAT for every private subnet", () => {
    const routes = stacks[name].all("aws:ec2/route:Route").filter(({ inputs }) => inputs["natGatewayId"] !== undefined);
    expect(routes).toHaveLength(3);
    expect(new Set(routes.map(({ inputs }) => inputs["natGatewayId"])).size).toBe(expected.zonesWithNat);
  });

  test("protects its cluster in prod alone, from Pulumi and from AWS", () => {
    const cluster = one("eks:index:Cluster");
    expect([cluster.protect, cluster.inputs["deletionProtection"]]).toEqual([expected.protect, expected.protect]);
    const isProtected = stacks[name].resources.filter(({ protect }) => protect).map(({ type }) => type);
    expect(isProtected).toEqual(expected.protect ? ["eks:index:Cluster"] : []);
  });

  test("keeps nothing on destroy but the rights of what others made: the project `default`, the account `default`", () => {
    const kept = stacks[name].resources.filter(({ retainOnDelete }) => retainOnDelete);
    expect(kept.map((resource) => `${resource.type} ${resource.name}`)).toEqual([
      "kubernetes:argoproj.io/v1alpha1:AppProjectPatch argocd-default-project",
      `kubernetes:core/v1:ServiceAccountPatch ${name}-default-account`,
    ]);
  });

  test("keeps the control plane's logs", () => {
    expect(one("aws:cloudwatch/logGroup:LogGroup").inputs).toMatchObject({
      name: `/aws/eks/gitops-${name}/cluster`,
      retentionInDays: expected.logDays,
    });
    expect(one("eks:index:Cluster").inputs["enabledClusterLogTypes"]).toEqual(["api", "audit", "authenticator"]);
  });

  test("has the node group of its file", () => {
    const [minSize, desiredSize, maxSize] = expected.nodes;
    expect(one("aws:eks/nodeGroup:NodeGroup").inputs).toMatchObject({
      nodeGroupNamePrefix: "main-",
      scalingConfig: { minSize, desiredSize, maxSize },
      instanceTypes: [expected.type],
      capacityType: "ON_DEMAND",
    });
  });

  test("names its cluster after the environment and opens it to named networks alone", () => {
    expect(one("eks:index:Cluster").inputs).toMatchObject({
      name: `gitops-${name}`,
      authenticationMode: "API",
      endpointPrivateAccess: true,
      publicAccessCidrs: ["203.0.113.0/24"],
    });
    expect(JSON.stringify(one("eks:index:Cluster").inputs)).not.toContain("0.0.0.0/0");
  });

  test("tags everything in the cloud that takes tags with its stack and cost centre", () => {
    const untagged = stacks[name]
      .all("aws:")
      .filter(({ type }) => !/:(Route|RouteTableAssociation|RolePolicyAttachment|Alias)$/.test(type))
      .filter(({ inputs }) => {
        const tags = inputs["tags"] as Record<string, string> | undefined;
        return tags?.["gitops-stack"] !== name || tags["cost-center"] !== "platform";
      });
    expect(untagged.map(({ urn }) => urn)).toEqual([]);
  });

  test("has the namespaces of its environment and of the controllers, with pod security", () => {
    const namespaces = stacks[name].all("kubernetes:core/v1:Namespace").map(objectOf);
    expect(namespaces.map(({ metadata }) => metadata.name).sort()).toEqual(
      ["argocd", "cert-manager", "flagger-system", "keda", "monitoring", name].sort(),
    );
    for (const { metadata } of namespaces) {
      expect(metadata.labels?.["pod-security.kubernetes.io/enforce"]).toBe("restricted");
    }
  });

  test("has no user, key or static credential in the cloud", () => {
    expect(
      stacks[name].resources.filter(({ type }) => /accessKey|iam\/user|keyPair|openIdConnect/i.test(type)),
    ).toEqual([]);
  });
});
