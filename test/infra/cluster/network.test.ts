import { describe, expect, test } from "@jest/globals";

import { eks, planOf } from "./recorded.ts";
import type { Plan } from "./recorded.ts";

const subnets = (plan: Plan) =>
  plan
    .all("aws:ec2/subnet:Subnet")
    .map(({ inputs }) => `${String(inputs["availabilityZone"])} ${String(inputs["cidrBlock"])}`);

const tagsOf = (plan: Plan, name: string) => plan.one("aws:ec2/subnet:Subnet", name).inputs["tags"];

describe("the network", () => {
  test("has a public and a private subnet in each zone, none of which overlap", async () => {
    expect(subnets(await planOf(eks)).sort()).toEqual([
      "eu-central-1a 10.0.0.0/18",
      "eu-central-1a 10.0.192.0/20",
      "eu-central-1b 10.0.208.0/20",
      "eu-central-1b 10.0.64.0/18",
      "eu-central-1c 10.0.128.0/18",
      "eu-central-1c 10.0.224.0/20",
    ]);
  });

  test("has two zones where the stack names two, and the blocks that it names", async () => {
    const plan = await planOf({
      ...eks,
      zones: ["eu-central-1a", "eu-central-1b"],
      vpcCidr: "10.8.0.0/20",
      subnets: { public: ["10.8.15.0/27", "10.8.15.32/27"], private: ["10.8.0.0/22", "10.8.4.0/22"] },
    });
    expect(subnets(plan).sort()).toEqual([
      "eu-central-1a 10.8.0.0/22",
      "eu-central-1a 10.8.15.0/27",
      "eu-central-1b 10.8.15.32/27",
      "eu-central-1b 10.8.4.0/22",
    ]);
  });

  test.each([
    ["dev", 1],
    ["staging", 1],
    ["prod", 3],
  ] as const)(
    "in %s has %d NAT gateways, each with an address, and a way out of every private subnet",
    async (stack, count) => {
      const plan = await planOf(eks, stack);
      expect(plan.all("aws:ec2/natGateway:NatGateway")).toHaveLength(count);
      expect(plan.all("aws:ec2/eip:Eip")).toHaveLength(count);
      const used = plan
        .all("aws:ec2/route:Route")
        .map(({ propertyDependencies }) => propertyDependencies["natGatewayId"]?.[0]);
      expect(used.filter((urn) => urn !== undefined)).toHaveLength(3);
      expect(new Set(used.filter((urn) => urn !== undefined)).size).toBe(count);
    },
  );

  test("leaves public subnets by the internet gateway alone, private ones by NAT alone", async () => {
    const plan = await planOf(eks);
    for (const { name, inputs } of plan.all("aws:ec2/route:Route")) {
      expect(inputs["destinationCidrBlock"]).toBe("0.0.0.0/0");
      expect(Object.hasOwn(inputs, "natGatewayId")).toBe(name.includes("-private-"));
      expect(Object.hasOwn(inputs, "gatewayId")).toBe(name.includes("-public-"));
    }
  });

  test("tells load balancers where to go, and hands out no public address unasked", async () => {
    const plan = await planOf(eks);
    const shared = { "kubernetes.io/cluster/gitops-dev": "shared", "owner": "team-a" };
    expect(tagsOf(plan, "gitops-dev-network-public-eu-central-1a")).toMatchObject({
      ...shared,
      "kubernetes.io/role/elb": "1",
    });
    expect(tagsOf(plan, "gitops-dev-network-private-eu-central-1a")).toMatchObject({
      ...shared,
      "kubernetes.io/role/internal-elb": "1",
    });
    expect(plan.all("aws:ec2/subnet:Subnet").every(({ inputs }) => inputs["mapPublicIpOnLaunch"] === false)).toBe(true);
  });

  test("empties the security group that AWS makes with the VPC", async () => {
    const { inputs } = (await planOf(eks)).one("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
    expect(inputs).toMatchObject({ ingress: [], egress: [] });
  });
});
