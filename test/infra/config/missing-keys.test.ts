import { describe, expect, test } from "@jest/globals";

import { eks, happyPath, problemsWith } from "./happy-path.ts";
import type { BadConfiguration } from "./happy-path.ts";

const without = (value: object, key: string) =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
const window = { kind: "allow", schedule: "0 22 * * 1-5", duration: "1h", timeZone: "UTC" };
const windowWithout = (key: string) => ({
  applications: [{ name: "app", sync: { dev: { kind: "windows", windows: [without(window, key)] } } }],
});
const quota = { requestsCpu: "4", requestsMemory: "4Gi", limitsCpu: "8", limitsMemory: "8Gi", pods: 10 };

const top: Readonly<Record<string, string>> = {
  environments: "allowed: a list; add it",
  repository: "allowed: a string; add it",
  cluster: "allowed: an object; add it",
  controllers: 'allowed: "helm", "preinstalled"; choose one of these',
  gitops: 'allowed: "argocd", "flux"; choose one of these',
  flux: "allowed: an object; add it",
  argocd: "allowed: an object; add it",
  clusters: "allowed: a list; add it",
  certManager: "allowed: an object; add it",
  prometheus: "allowed: an object; add it",
  alerts: "allowed: an object; add it",
  applications: "allowed: a list; add it",
  delivery: "allowed: an object; add it",
  previews: "allowed: an object; add it",
  dashboard: "allowed: an object; add it",
  ci: "allowed: an object; add it",
  compliance: "allowed: an object; add it",
  groups: "allowed: an object; add it",
  tags: "allowed: an object; add it",
};

const nested: BadConfiguration[] = [
  ["zones", { cluster: without(eks, "zones") }, ["cluster.zones: missing; allowed: a list; add it"]],
  [
    "the networks of a public endpoint",
    { cluster: without(eks, "endpoint") },
    [
      "cluster.endpoint.publicCidrs: missing, as the endpoint is public; allowed: the networks of people and CI, or 0.0.0.0/0 for everyone; list them, or set public to false and run Pulumi inside the network",
    ],
  ],
  [
    "a node group's name",
    { cluster: { ...eks, nodeGroups: [{}] } },
    ["cluster.nodeGroups[0].name: missing; allowed: a string; add it"],
  ],
  [
    "an effect",
    { cluster: { ...eks, nodeGroups: [{ name: "main", taints: [{ key: "spot" }] }] } },
    [
      'cluster.nodeGroups[0].taints[0].effect: missing; allowed: "NoSchedule", "PreferNoSchedule", "NoExecute"; choose one of these',
    ],
  ],
  ["an application's name", { applications: [{}] }, ["applications[0].name: missing; allowed: a string; add it"]],
  [
    "an issuer",
    { argocd: { host: "a.example.com", oidc: { clientId: "x" } } },
    ["argocd.oidc.issuer: missing; allowed: a string; add it"],
  ],
  ...["schedule", "duration", "timeZone"].map((key): BadConfiguration => [
    `a window's ${key}`,
    windowWithout(key),
    [`applications[0].sync.dev.windows[0].${key}: missing; allowed: a string; add it`],
  ]),
  ...["requestsCpu", "requestsMemory", "limitsCpu", "limitsMemory"].map((key): BadConfiguration => [
    `a quota's ${key}`,
    { delivery: { dev: { quota: without(quota, key) } } },
    [`delivery.dev.quota.${key}: missing; allowed: a string; add it`],
  ]),
];

describe("a missing key", () => {
  test("is tried for every key of a stack", () => {
    expect(Object.keys(top)).toEqual(Object.keys(happyPath));
  });

  test.each(Object.entries(top))("%s", (key, allowed) => {
    expect(problemsWith({ [key]: undefined })).toEqual([`${key}: missing; ${allowed}`]);
  });

  test.each(nested)("%s", (_name, changes, problems) => {
    expect(problemsWith(changes)).toEqual(problems);
  });

  test("lets the other keys be checked all the same", () => {
    expect(
      problemsWith({ environments: undefined, controllers: "flux", delivery: { dev: { branch: "HEAD" } } }),
    ).toHaveLength(3);
  });
});
