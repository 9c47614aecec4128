import { describe, expect, test } from "@jest/globals";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";

import { eks, planOf, recordCluster, tags } from "./recorded.ts";

/** Types of this plan that AWS lets nobody tag. */
const untaggable = ["kms/alias", "ec2/route:", "ec2/routeTableAssociation", "iam/rolePolicyAttachment"];

describe("an EKS stack", () => {
  test("tags everything in the cloud, by itself and by the provider's default", async () => {
    const plan = await planOf(eks);
    const provider = plan.one("pulumi:providers:aws");
    expect(JSON.parse(String(provider.inputs["defaultTags"]))).toEqual({ tags });
    const cloud = plan.recording.resources.filter(({ type }) => type.startsWith("aws:"));
    expect(cloud.length).toBeGreaterThan(40);
    for (const resource of cloud) {
      expect(resource.provider).toMatch(new RegExp(`^${provider.urn.replaceAll("$", "\\$")}::`));
      if (untaggable.some((type) => resource.type.startsWith(`aws:${type}`))) continue;
      expect([resource.urn, resource.inputs["tags"]]).toEqual([resource.urn, expect.objectContaining(tags)]);
    }
    expect(plan.one("eks:index:Cluster").providers["aws"]).toBe(cloud[0]?.provider);
  });

  test("changes no account but the one that it names, and names no credentials", async () => {
    const plan = await planOf({ ...eks, accountId: "111122223333", profile: "platform" });
    const { inputs } = plan.one("pulumi:providers:aws");
    expect(inputs).toMatchObject({
      region: "eu-central-1",
      profile: "platform",
      allowedAccountIds: '["111122223333"]',
    });
    for (const key of ["accessKey", "secretKey", "token"]) expect(inputs).not.toHaveProperty(key);
    expect(plan.one("eks:index:Cluster").inputs["providerCredentialOpts"]).toEqual({ profileName: "platform" });
    const types = plan.recording.resources.map(({ type }) => type);
    expect(types.filter((type) => /accessKey|iam\/user|keyPair|openIdConnect/i.test(type))).toEqual([]);
  });

  test("keeps the kubeconfig secret", async () => {
    const plan = await planOf(eks);
    expect(plan.recording.outputs["name"]).toBe("gitops-dev");
    expect(plan.recording.secretOutputs).toEqual(["kubeconfig"]);
    expect(plan.one("pulumi:providers:kubernetes").secretInputs).toContain("kubeconfig");
  });

  test("does not replace the objects of a cluster when its kubeconfig changes", async () => {
    expect((await planOf(eks)).one("pulumi:providers:kubernetes").inputs["clusterIdentifier"]).toBe("gitops-dev");
  });

  test("is torn down from the workloads to the network", async () => {
    const plan = await recordCluster(eks, "prod", ({ provider }) => {
      new Namespace("workload", {}, { provider });
    });
    const workload = plan.one("kubernetes:core/v1:Namespace");
    const nodes = plan.all("aws:eks/nodeGroup:NodeGroup");
    const cluster = plan.one("eks:index:Cluster");
    const network = [
      "vpc:Vpc",
      "subnet:Subnet",
      "internetGateway:InternetGateway",
      "natGateway:NatGateway",
      "route:Route",
    ]
      .concat("routeTableAssociation:RouteTableAssociation", "eip:Eip", "routeTable:RouteTable")
      .flatMap((type) => plan.all(`aws:ec2/${type}`));
    expect(network.length).toBeGreaterThan(30);
    for (const last of [...network, cluster, ...nodes, ...plan.all("aws:eks/addon:Addon")]) {
      expect([last.urn, plan.isBefore(last, workload)]).toEqual([last.urn, true]);
    }
    for (const last of [...network, cluster])
      expect([last.urn, plan.isBefore(last, nodes[0]!)]).toEqual([last.urn, true]);
    for (const last of network) expect([last.urn, plan.isBefore(last, cluster)]).toEqual([last.urn, true]);
    // The volume driver goes on until the nodes go, and so must its role.
    const roles = [...plan.all("aws:iam/role:Role"), ...plan.all("aws:iam/rolePolicyAttachment:RolePolicyAttachment")];
    for (const last of roles) expect([last.urn, plan.isBefore(last, nodes[0]!)]).toEqual([last.urn, true]);
  });
});

describe("a stack on an existing cluster", () => {
  test("makes a provider and nothing in the cloud", async () => {
    const plan = await planOf({ kind: "existing", kubeconfig: ".local/kubeconfig", context: "local" });
    expect(plan.recording.resources.map(({ type }) => type)).toEqual(["pulumi:providers:kubernetes"]);
    const provider = plan.one("pulumi:providers:kubernetes");
    expect(provider.inputs).toMatchObject({
      kubeconfig: ".local/kubeconfig",
      context: "local",
      clusterIdentifier: "local",
    });
    expect(provider.secretInputs).toContain("kubeconfig");
    expect(plan.recording.outputs).toEqual({ name: "local", kubeconfig: ".local/kubeconfig" });
    expect(plan.recording.secretOutputs).toEqual(["kubeconfig"]);
  });

  test("offers no pod identities and needs no kubeconfig of its own", async () => {
    let offered: unknown = "nothing yet";
    const plan = await recordCluster({ kind: "existing", context: "shared" }, "dev", (cluster) => {
      offered = cluster.createPodIdentity;
    });
    expect(offered).toBeUndefined();
    expect(plan.one("pulumi:providers:kubernetes").inputs).not.toHaveProperty("kubeconfig");
  });
});
