import { describe, expect, test } from "@jest/globals";

import { eks, planOf, tags } from "./recorded.ts";

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const control = async (config: object, stack: "dev" | "staging" | "prod" = "dev") =>
  (await planOf(config, stack)).one("eks:index:Cluster");

describe("the control plane", () => {
  test.each(["dev", "staging", "prod"] as const)("of %s is named after the environment", async (stack) => {
    expect((await control(eks, stack)).inputs["name"]).toBe(`gitops-${stack}`);
  });

  test("authenticates by the API, makes no nodes, no OIDC provider and no add-on of an unknown version", async () => {
    expect((await control(eks)).inputs).toMatchObject({
      authenticationMode: "API",
      version: "1.36",
      skipDefaultNodeGroup: true,
      createInstanceRole: false,
      createOidcProvider: false,
      bootstrapSelfManagedAddons: false,
      corednsAddonOptions: { enabled: false },
      kubeProxyAddonOptions: { enabled: true, version: "v1.36.0-eksbuild.17" },
      vpcCniOptions: { addonVersion: "v1.22.4-eksbuild.3", enableNetworkPolicy: true },
      upgradePolicy: { supportType: "STANDARD" },
      tags,
    });
  });

  test("lives in private subnets", async () => {
    const { inputs, propertyDependencies } = await control(eks);
    expect(propertyDependencies["privateSubnetIds"]).toHaveLength(3);
    expect(propertyDependencies["privateSubnetIds"]?.every((urn) => urn.includes("-private-"))).toBe(true);
    expect(inputs).not.toHaveProperty("publicSubnetIds");
    expect(inputs).not.toHaveProperty("subnetIds");
  });

  test("maps each identity to one Kubernetes group; admins get in without the objects in the cluster", async () => {
    const access = { viewer: [role("audit")], deployer: [role("ci"), role("ops/night")], admin: [role("sre")] };
    const entries = Object.values((await control({ ...eks, access })).inputs["accessEntries"] as object) as object[];
    const entry = (principalArn: string, group: string) => ({
      principalArn,
      type: "STANDARD",
      kubernetesGroups: [group],
      tags,
    });
    const accessPolicies = {
      cluster: {
        policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
        accessScope: { type: "cluster" },
      },
    };
    expect(entries).toEqual([
      { ...entry(role("sre"), "gitops-admin"), accessPolicies },
      entry(role("ci"), "gitops-deployer"),
      entry(role("ops/night"), "gitops-deployer"),
      entry(role("audit"), "gitops-viewer"),
    ]);
  });

  test("keeps the key of an access entry when another one goes", async () => {
    const keys = async (deployer: string[]) =>
      Object.keys((await control({ ...eks, access: { deployer } })).inputs["accessEntries"] as object);
    const [, second] = await keys([role("ci"), role("night")]);
    expect(await keys([role("night")])).toEqual([second]);
    expect(new Set(await keys([role("a/ci"), role("b/ci")])).size).toBe(2);
  });

  test("encrypts Secrets with a key of its own that rotates", async () => {
    const plan = await planOf(eks);
    const key = plan.one("aws:kms/key:Key");
    expect(key.inputs).toMatchObject({ enableKeyRotation: true, deletionWindowInDays: 7, tags });
    expect(plan.one("eks:index:Cluster").propertyDependencies["encryptionConfigKeyArn"]).toEqual([key.urn]);
  });

  test.each([
    ["dev", 30],
    ["staging", 90],
    ["prod", 400],
  ] as const)("of %s keeps its logs for %d days, in a group that is there first", async (stack, days) => {
    const plan = await planOf(eks, stack);
    const logs = plan.one("aws:cloudwatch/logGroup:LogGroup");
    const cluster = plan.one("eks:index:Cluster");
    expect(logs.inputs).toMatchObject({ name: `/aws/eks/gitops-${stack}/cluster`, retentionInDays: days });
    expect(cluster.inputs["enabledClusterLogTypes"]).toEqual(["api", "audit", "authenticator"]);
    expect(plan.isBefore(logs, cluster)).toBe(true);
  });

  test("takes the stack's log types and retention", async () => {
    const plan = await planOf({ ...eks, logTypes: ["audit"], logRetentionDays: 731 }, "prod");
    expect(plan.one("aws:cloudwatch/logGroup:LogGroup").inputs["retentionInDays"]).toBe(731);
    expect(plan.one("eks:index:Cluster").inputs["enabledClusterLogTypes"]).toEqual(["audit"]);
  });

  test("is reached from the networks that the stack names", async () => {
    expect((await control(eks)).inputs).toMatchObject({
      endpointPublicAccess: true,
      endpointPrivateAccess: true,
      publicAccessCidrs: ["198.51.100.0/24"],
    });
    const hidden = (await control({ ...eks, endpoint: { public: false } })).inputs;
    expect(hidden).toMatchObject({ endpointPublicAccess: false, endpointPrivateAccess: true });
    expect(hidden).not.toHaveProperty("publicAccessCidrs");
  });

  test.each([
    ["dev", false],
    ["staging", false],
    ["prod", true],
  ] as const)("of %s: deletion protection is %s", async (stack, on) => {
    const { inputs, protect } = await control(eks, stack);
    expect(inputs["deletionProtection"]).toBe(on);
    expect(protect).toBe(on);
  });
});
