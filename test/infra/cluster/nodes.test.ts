import { describe, expect, test } from "@jest/globals";

import { eks, planOf, tags } from "./recorded.ts";

const workers = {
  name: "workers",
  minSize: 0,
  desiredSize: 2,
  maxSize: 8,
  instanceTypes: ["m7g.large", "c7g.xlarge"],
  capacityType: "spot",
  labels: { "example.com/pool": "workers" },
  taints: [{ key: "example.com/spot", value: "true", effect: "NoSchedule" }],
  diskSizeGiB: 100,
};

describe("managed node groups", () => {
  test("are one group of 1 to 5 nodes by default, 3 to begin with", async () => {
    const { inputs } = (await planOf(eks)).one("aws:eks/nodeGroup:NodeGroup");
    expect(inputs).toMatchObject({
      clusterName: "gitops-dev",
      nodeGroupNamePrefix: "main-",
      version: "1.36",
      amiType: "AL2023_x86_64_STANDARD",
      capacityType: "ON_DEMAND",
      scalingConfig: { minSize: 1, desiredSize: 3, maxSize: 5 },
      tags: { ...tags, Name: "gitops-dev-main" },
    });
  });

  test("take any number, with types, capacity, labels, taints and disk of their own", async () => {
    const plan = await planOf({ ...eks, nodeGroups: [{ name: "main" }, workers] });
    expect(plan.all("aws:eks/nodeGroup:NodeGroup")).toHaveLength(2);
    expect(plan.one("aws:eks/nodeGroup:NodeGroup", "gitops-dev-nodes-workers").inputs).toMatchObject({
      amiType: "AL2023_ARM_64_STANDARD",
      instanceTypes: ["m7g.large", "c7g.xlarge"],
      capacityType: "SPOT",
      scalingConfig: { minSize: 0, desiredSize: 2, maxSize: 8 },
      labels: { "example.com/pool": "workers" },
      taints: [{ key: "example.com/spot", value: "true", effect: "NO_SCHEDULE" }],
    });
    const template = plan.one("aws:ec2/launchTemplate:LaunchTemplate", "gitops-dev-nodes-workers").inputs;
    expect(template["blockDeviceMappings"]).toMatchObject([{ ebs: { volumeSize: 100, encrypted: "true" } }]);
  });

  test("live in private subnets alone", async () => {
    const { propertyDependencies } = (await planOf(eks)).one("aws:eks/nodeGroup:NodeGroup");
    expect(propertyDependencies["subnetIds"]).toHaveLength(3);
    expect(propertyDependencies["subnetIds"]?.every((urn) => urn.includes("-private-"))).toBe(true);
  });

  test("answer metadata requests with a token, on the node itself, and tag all that they start", async () => {
    const { inputs } = (await planOf(eks)).one("aws:ec2/launchTemplate:LaunchTemplate");
    expect(inputs["metadataOptions"]).toEqual({
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    });
    const started = { ...tags, Name: "gitops-dev-main" };
    expect(inputs["tagSpecifications"]).toEqual(
      ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags: started })),
    );
    for (const key of ["imageId", "networkInterfaces", "keyName", "userData"]) expect(inputs).not.toHaveProperty(key);
  });

  test("may join the cluster and pull images, and nothing else", async () => {
    const policies = (await planOf(eks))
      .all("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
      .filter(({ name }) => name.startsWith("gitops-dev-nodes-role-"))
      .map(({ inputs }) => inputs["policyArn"]);
    expect(policies).toEqual([
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
    ]);
  });

  test("use the policies of their partition", async () => {
    const plan = await planOf({ ...eks, region: "cn-north-1", zones: ["cn-north-1a", "cn-north-1b"] });
    const policies = plan
      .all("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
      .map(({ inputs }) => inputs["policyArn"]);
    expect(policies).toHaveLength(4);
    expect(policies.every((arn) => String(arn).startsWith("arn:aws-cn:iam::aws:policy/"))).toBe(true);
  });
});
