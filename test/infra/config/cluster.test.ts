import { describe, expect, test } from "@jest/globals";

import { eks, parsed, problemsWith } from "./happy-path.ts";
import type { BadConfiguration } from "./happy-path.ts";

const cidr =
  "allowed: a network address, '/' and a prefix length from 0 to 32, host bits zero; for example \"10.0.0.0/16\"";
const changed = (fields: object) => ({ cluster: { ...eks, ...fields } });
const group = (fields: object) => changed({ nodeGroups: [{ name: "main", ...fields }] });
const existing = (fields: object) => ({ cluster: { kind: "existing", ...fields } });

// Rules between the fields of a cluster have their own table in test/infra/cluster/config.test.ts.
const bad: BadConfiguration[] = [
  ["text", { cluster: '"eks"' }, ['cluster: "eks" is not an object; allowed: an object; change it']],
  ["no kind", { cluster: {} }, ['cluster.kind: missing; allowed: "eks", "existing"; choose one of these']],
  [
    "an unknown kind",
    { cluster: { ...eks, kind: "gke" } },
    ['cluster.kind: "gke" is unknown; allowed: "eks", "existing"; choose one of these'],
  ],
  [
    "a network that is none",
    changed({ vpcCidr: "10.0.0.0" }),
    [`cluster.vpcCidr: "10.0.0.0" is not an IPv4 CIDR block; ${cidr}`],
  ],
  [
    "a network past 32 bits",
    changed({ endpoint: { publicCidrs: ["10.0.0.0/33"] } }),
    [`cluster.endpoint.publicCidrs[0]: "10.0.0.0/33" is not an IPv4 CIDR block; ${cidr}`],
  ],
  [
    "an octet past 255",
    changed({ endpoint: { publicCidrs: ["300.0.0.0/8"] } }),
    [`cluster.endpoint.publicCidrs[0]: "300.0.0.0/8" is not an IPv4 CIDR block; ${cidr}`],
  ],
  [
    "IPv6",
    changed({ endpoint: { publicCidrs: ["2001:db8::/32"] } }),
    [`cluster.endpoint.publicCidrs[0]: "2001:db8::/32" is not an IPv4 CIDR block; ${cidr}`],
  ],
  [
    "host bits",
    changed({ vpcCidr: "10.0.0.1/16" }),
    [`cluster.vpcCidr: "10.0.0.1/16" is not an IPv4 CIDR block (host bits are set: the network is 10.0.0.0); ${cidr}`],
  ],
  [
    "days that CloudWatch does not know",
    changed({ logRetentionDays: 2 }),
    [
      "cluster.logRetentionDays: 2 is unknown; allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653; choose one of these",
    ],
  ],
  [
    "half a node",
    group({ desiredSize: 1.5 }),
    ["cluster.nodeGroups[0].desiredSize: 1.5 is not a whole number; allowed: a whole number; change it"],
  ],
  [
    "more nodes than a group can have",
    group({ maxSize: 451 }),
    ["cluster.nodeGroups[0].maxSize: 451 is too large; allowed: at most 450; lower it"],
  ],
  [
    "fewer than no nodes",
    group({ minSize: -1 }),
    ["cluster.nodeGroups[0].minSize: -1 is too small; allowed: at least 0; raise it"],
  ],
  [
    "a label of Kubernetes",
    group({ labels: { "kubernetes.io/os": "linux" } }),
    [
      "cluster.nodeGroups[0].labels.kubernetes.io/os: wrong key: \"kubernetes.io/os\" is not a label key of your own; allowed: letters, digits, '-', '_' and '.', with a DNS prefix or none, and no prefix of Kubernetes or EKS; for example \"example.com/pool\"",
    ],
  ],
  [
    "a label value with a space",
    group({ labels: { pool: "a b" } }),
    [
      "cluster.nodeGroups[0].labels.pool: \"a b\" is not a label value; allowed: letters, digits, '-', '_' and '.', at most 63 characters, starting and ending with a letter or digit; for example \"team-a\"",
    ],
  ],
  [
    "no way to an existing cluster",
    existing({}),
    [
      "cluster.context: missing; allowed: `kubeconfig`, `context` or both, so that nobody deploys to whatever cluster is current by chance; name one",
    ],
  ],
  [
    "an empty context",
    existing({ context: "" }),
    ['cluster.context: "" is too small; allowed: at least 1 character; add what is missing'],
  ],
  [
    "a kubeconfig without clusters",
    existing({ kubeconfig: "kind: Config\nusers: []\n" }),
    [
      "cluster.kubeconfig: the content is not a kubeconfig (it has no `clusters`); allowed: a path, or a whole kubeconfig; name the file",
    ],
  ],
];

describe("a cluster", () => {
  test.each(bad)("refuses %s", (_name, changes, problems) => {
    expect(problemsWith(changes)).toEqual(problems);
  });

  test("never shows what a kubeconfig holds, even one in the wrong place", () => {
    const kubeconfig = { clusters: [], users: [{ user: { token: "hush" } }] };
    expect(problemsWith(existing({ kubeconfig }))).toEqual([
      "cluster.kubeconfig: an object is not a string; allowed: a string; change it",
    ]);
    expect(problemsWith(existing({ kubeconfig: `{"users": [{"token": "hush"}]` })).join()).not.toContain("hush");
  });

  test("may be an existing one, by path, content or context", () => {
    for (const fields of [{ kubeconfig: "~/.kube/config" }, { kubeconfig: "{clusters: []}" }, { context: "shared" }]) {
      expect(parsed(existing(fields)).cluster).toEqual({ kind: "existing", ...fields });
    }
  });
});
