import { describe, expect, test } from "@jest/globals";

import { clusterSchema } from "../../../infra/config/cluster.ts";
import { problemsOf } from "../../../infra/config/problems.ts";

import { eks } from "./recorded.ts";

/** Every problem as `path: message`. */
function problems(config: unknown): string[] {
  const result = clusterSchema.safeParse(config, { reportInput: true });
  return result.success ? [] : problemsOf(result.error).map(({ path, message }) => `${path}: ${message}`);
}

const group = (fields: object) => ({ ...eks, nodeGroups: [{ name: "main", ...fields }] });
const groups = (...nodeGroups: object[]) => ({ ...eks, nodeGroups });
const role = "arn:aws:iam::111122223333:role/sre";

describe("a cluster's configuration", () => {
  test("has a default for all but region, zones and who may reach it", () => {
    expect(clusterSchema.parse(eks)).toEqual({
      kind: "eks",
      region: "eu-central-1",
      zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
      vpcCidr: "10.0.0.0/16",
      serviceCidr: "172.20.0.0/16",
      kubernetesVersion: "1.36",
      extendedSupport: false,
      nodeGroups: [
        {
          name: "main",
          minSize: 1,
          desiredSize: 3,
          maxSize: 5,
          instanceTypes: ["m6i.large"],
          capacityType: "on-demand",
          labels: {},
          taints: [],
          diskSizeGiB: 50,
        },
      ],
      endpoint: { public: true, publicCidrs: ["198.51.100.0/24"], private: true },
      access: { viewer: [], deployer: [], admin: [] },
      logTypes: ["api", "audit", "authenticator"],
    });
  });

  test.each([
    [{ kind: "existing", context: "local" }],
    [{ kind: "existing", kubeconfig: ".local/kubeconfig" }],
    [{ kind: "existing", kubeconfig: "apiVersion: v1\nclusters: []\n" }],
    [{ ...eks, endpoint: { public: false } }],
    [{ ...eks, endpoint: { publicCidrs: ["0.0.0.0/0"], private: false } }],
    [group({ instanceTypes: ["m7g.large", "a1.large"] })],
    [groups({ name: "main" }, { name: "spot", taints: [{ key: "spot", effect: "NoSchedule" }] })],
  ])("accepts %j", (config) => {
    expect(problems(config)).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ["no kind", { region: "eu-central-1" }, `kind: missing; allowed: "eks", "existing"; choose one of these`],
    ["an unknown kind", { kind: "gke" }, `kind: "gke" is unknown; allowed: "eks", "existing"; choose one of these`],
    [
      "an unknown key",
      { ...eks, nodegroups: [] },
      "nodegroups: unknown key; allowed: kind, region, accountId, profile, zones, vpcCidr, subnets, serviceCidr, kubernetesVersion, extendedSupport, nodeGroups, endpoint, access, logTypes, logRetentionDays; remove or rename it",
    ],
    [
      "one zone",
      { ...eks, zones: ["eu-central-1a"] },
      `zones: ["eu-central-1a"] is too small; allowed: at least 2 entries; add what is missing`,
    ],
    [
      "a zone of another region",
      { ...eks, zones: ["eu-central-1a", "eu-west-1b"] },
      `zones[1]: "eu-west-1b" is not in "eu-central-1"; allowed: eu-central-1a, eu-central-1b, ...; choose one`,
    ],
    [
      "a zone twice",
      { ...eks, zones: ["eu-central-1a", "eu-central-1a"] },
      `zones[1]: "eu-central-1a" is listed twice; allowed: each zone once; choose another zone`,
    ],
    [
      "a zone that is none",
      { ...eks, zones: ["eu-central-1a", "b"] },
      `zones[1]: "b" is not an availability zone; allowed: a region and a letter; for example "eu-central-1a"`,
    ],
    [
      "an account that is none",
      { ...eks, accountId: "1234" },
      `accountId: "1234" is not an AWS account; allowed: 12 digits; for example "111122223333"`,
    ],
    [
      "an unknown version",
      { ...eks, kubernetesVersion: "1.20" },
      `kubernetesVersion: "1.20" is unknown; allowed: "1.35", "1.36"; choose one of these`,
    ],
    [
      "a network too small for pods",
      { ...eks, vpcCidr: "10.0.0.0/24" },
      `vpcCidr: "10.0.0.0/24" does not suit a cluster; allowed: /16 (the largest VPC) to /22 (a pod takes an address); for example "10.0.0.0/16"`,
    ],
    [
      "services in the network",
      { ...eks, serviceCidr: "10.0.4.0/22" },
      `serviceCidr: "10.0.4.0/22" overlaps vpcCidr "10.0.0.0/16"; allowed: a block of its own; choose another block`,
    ],
    [
      "public service addresses",
      { ...eks, serviceCidr: "198.51.100.0/24" },
      `serviceCidr: "198.51.100.0/24" does not suit Services; allowed: /12 to /24 in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16; for example "172.20.0.0/16"`,
    ],
    [
      "subnets for fewer zones",
      {
        ...eks,
        subnets: {
          public: ["10.0.0.0/24", "10.0.1.0/24"],
          private: ["10.0.16.0/20", "10.0.32.0/20", "10.0.48.0/20"],
        },
      },
      "subnets.public: 2 blocks for 3 zones; allowed: one block a zone; list 3",
    ],
    [
      "a subnet outside the network",
      twoZones(["10.0.0.0/24", "10.1.0.0/24"], ["10.0.16.0/20", "10.0.32.0/20"]),
      `subnets.public[1]: "10.1.0.0/24" is outside vpcCidr "10.0.0.0/16"; allowed: a part of it; choose another block`,
    ],
    [
      "subnets that meet",
      twoZones(["10.0.0.0/24", "10.0.1.0/24"], ["10.0.0.0/20", "10.0.32.0/20"]),
      `subnets.private[0]: "10.0.0.0/20" overlaps "10.0.0.0/24"; allowed: blocks that do not meet; choose another block`,
    ],
    [
      "a subnet too small",
      twoZones(["10.0.0.0/28", "10.0.1.0/24"], ["10.0.16.0/20", "10.0.32.0/20"]),
      `subnets.public[0]: "10.0.0.0/28" is too small for a subnet; allowed: /27 or larger; choose a larger block`,
    ],
    [
      "no node group",
      { ...eks, nodeGroups: [] },
      "nodeGroups: [] is too small; allowed: at least 1 entry; add what is missing",
    ],
    [
      "two groups of one name",
      groups({ name: "main" }, { name: "main" }),
      `nodeGroups[1].name: "main" is the name of nodeGroups[0] already; allowed: a name of its own; rename one`,
    ],
    [
      "a group name too long for AWS",
      groups({ name: "a".repeat(37) }),
      `nodeGroups[0].name: "${"a".repeat(37)}" is too long for a node group; allowed: at most 36 characters; for example "main"`,
    ],
    [
      "more nodes at the least than at the most",
      group({ minSize: 6 }),
      "nodeGroups[0].minSize: 6 is more than maxSize 5; allowed: minSize <= desiredSize <= maxSize; change one",
    ],
    [
      "more nodes than allowed",
      group({ desiredSize: 9 }),
      "nodeGroups[0].desiredSize: 9 is not between minSize 1 and maxSize 5; allowed: 1 to 5; change one",
    ],
    [
      "an instance type that is none",
      group({ instanceTypes: ["large"] }),
      `nodeGroups[0].instanceTypes[0]: "large" is not an EC2 instance type; allowed: series, generation, options, '.' and size; for example "m7i.large"`,
    ],
    [
      "two architectures in a group",
      group({ instanceTypes: ["m7i.large", "m7g.large"] }),
      `nodeGroups[0].instanceTypes[1]: "m7g.large" is arm64 and "m7i.large" is x86_64; allowed: one architecture a group, because a group has one machine image; move it to a group of its own`,
    ],
    [
      "nodes that repel everything",
      group({ taints: [{ key: "dedicated", value: "batch", effect: "NoSchedule" }] }),
      "nodeGroups: every node group repels pods, so DNS and the controllers find no node; allowed: at least one group without NoSchedule and NoExecute taints; add one",
    ],
    [
      "a taint twice",
      groups(
        { name: "main" },
        {
          name: "spot",
          taints: [
            { key: "a", effect: "NoSchedule" },
            { key: "a", value: "b", effect: "NoSchedule" },
          ],
        },
      ),
      `nodeGroups[1].taints[1]: "a" with NoSchedule is listed already; allowed: one taint for a key and effect; remove one`,
    ],
    [
      "an AWS spelling of an effect",
      group({ taints: [{ key: "a", effect: "NO_SCHEDULE" }] }),
      `nodeGroups[0].taints[0].effect: "NO_SCHEDULE" is unknown; allowed: "NoSchedule", "PreferNoSchedule", "NoExecute"; choose one of these`,
    ],
    [
      "a taint of Kubernetes itself",
      group({ taints: [{ key: "node.kubernetes.io/unreachable", effect: "PreferNoSchedule" }] }),
      `nodeGroups[0].taints[0].key: "node.kubernetes.io/unreachable" is not a label key of your own; allowed: letters, digits, '-', '_' and '.', with a DNS prefix or none, and no prefix of Kubernetes or EKS; for example "example.com/pool"`,
    ],
    [
      "a public endpoint for nobody",
      { ...eks, endpoint: {} },
      "endpoint.publicCidrs: missing, as the endpoint is public; allowed: the networks of people and CI, or 0.0.0.0/0 for everyone; list them, or set public to false and run Pulumi inside the network",
    ],
    [
      "networks of an endpoint that is not public",
      { ...eks, endpoint: { public: false, publicCidrs: ["198.51.100.0/24"] } },
      "endpoint.publicCidrs: without effect, as public is false; allowed: no entries; remove them or set public to true",
    ],
    [
      "an endpoint that nobody reaches",
      { ...eks, endpoint: { public: false, private: false } },
      "endpoint.private: false leaves no way to the API, as public is false too; allowed: one of the two; set one to true",
    ],
    [
      "an endpoint that nodes cannot reach",
      { ...eks, endpoint: { publicCidrs: ["198.51.100.0/24"], private: false } },
      "endpoint.private: false keeps the nodes out, as they would reach the API by addresses that publicCidrs does not list; allowed: true, or publicCidrs with 0.0.0.0/0; set it to true",
    ],
    [
      "a session instead of a role",
      { ...eks, access: { admin: ["arn:aws:sts::111122223333:assumed-role/sre/ann"] } },
      `access.admin[0]: "arn:aws:sts::111122223333:assumed-role/sre/ann" is not the ARN of an IAM role or user; allowed: arn:aws:iam::<account>:role/<name> or :user/<name>, and no session (assumed-role) ARN; for example "arn:aws:iam::111122223333:role/platform-admin"`,
    ],
    [
      "one identity on two levels",
      { ...eks, access: { viewer: [role], admin: [role] } },
      `access.admin[0]: "${role}" has an entry at access.viewer[0] already; allowed: one level for each identity; remove one`,
    ],
    [
      "an existing cluster without a name",
      { kind: "existing" },
      "context: missing; allowed: `kubeconfig`, `context` or both, so that nobody deploys to whatever cluster is current by chance; name one",
    ],
    [
      "content that is no kubeconfig",
      { kind: "existing", kubeconfig: "{}" },
      "kubeconfig: the content is not a kubeconfig (it has no `clusters`); allowed: a path, or a whole kubeconfig; name the file",
    ],
  ])("refuses %s", (_what, config, message) => {
    expect(problems(config)).toEqual([message]);
  });

  test("reports everything at once", () => {
    expect(
      problems({ ...group({ desiredSize: 9 }), zones: ["eu-central-1a", "eu-west-1b"], endpoint: {} }).map(
        (problem) => problem.split(":")[0],
      ),
    ).toEqual(["zones[1]", "nodeGroups[0].desiredSize", "endpoint.publicCidrs"]);
  });

  test.each([
    [7, true],
    [10, false],
    [0, false],
  ])("keeps logs for %d days: %s", (logRetentionDays, accepted) => {
    expect(problems({ ...eks, logRetentionDays }).length === 0).toBe(accepted);
  });
});

function twoZones(publicBlocks: string[], privateBlocks: string[]) {
  return { ...eks, zones: eks.zones.slice(0, 2), subnets: { public: publicBlocks, private: privateBlocks } };
}
