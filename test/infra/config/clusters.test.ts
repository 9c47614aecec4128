import { describe, expect, test } from "@jest/globals";

import { clusterName } from "../../../infra/config/clusters.ts";

import { parsed, problemsWith } from "./happy-path.ts";
import type { BadConfiguration } from "./happy-path.ts";

const prod = { stack: "acme/gitops-platform/prod", environments: ["prod"] };
const hub = (...clusters: readonly unknown[]) => ({ clusters });
const spoke = (argocd: Record<string, unknown> = {}) => ({ argocd: { managedBy: "hub", ...argocd } });

const refused: BadConfiguration[] = [
  [
    "a stack without its organization",
    hub({ ...prod, stack: "gitops-platform/prod" }),
    [
      'clusters[0].stack: "gitops-platform/prod" is not the full name of a stack; allowed: organization/project/stack; a self-managed backend has the organization `organization`; for example "organization/gitops-platform/prod"',
    ],
  ],
  [
    "an environment that this stack serves too, and one that two others serve",
    hub({ stack: "acme/p/eu", environments: ["dev", "prod"] }, { stack: "acme/p/us", environments: ["prod"] }),
    [
      'clusters[0].environments[0]: "dev" is served by this stack itself already; allowed: each environment in one place; remove one',
      'clusters[1].environments[0]: "prod" is served by acme/p/eu already; allowed: each environment in one place; remove one',
    ],
  ],
  [
    "a stack twice",
    hub(prod, { ...prod, environments: ["staging"] }),
    [
      'clusters[1].stack: "acme/gitops-platform/prod" is listed already at index 0; allowed: one entry a stack; merge the two entries',
    ],
  ],
  [
    "names that are taken or no names",
    hub({ ...prod, name: "in-cluster" }, { stack: "acme/one/staging_2", environments: ["staging"] }),
    [
      'clusters[0].name: "in-cluster" is the cluster that Argo CD runs in; allowed: a DNS-1123 label of its own; add a name',
      'clusters[1].name: "staging_2" cannot be part of the name of a Secret; allowed: a DNS-1123 label of its own; add a name',
    ],
  ],
  [
    "clusters with Flux",
    { gitops: "flux", ...hub(prod) },
    [
      'clusters: are reached by an Argo CD alone; allowed with gitops "flux": none, each cluster has its own Flux; remove them',
    ],
  ],
  [
    "nothing to serve, here or elsewhere",
    { environments: [] },
    ["environments: [] is too small; allowed: at least 1 entry; add what is missing"],
  ],
  [
    "a hub that is managed by another one",
    { ...hub(prod), ...spoke() },
    [
      'argocd.managedBy: "hub" in a stack that is a hub itself; allowed: "self" together with clusters; change it, or remove clusters',
    ],
  ],
  [
    "settings of an Argo CD that is not there",
    spoke({ host: "argocd.example.com" }),
    ['argocd.host: has no effect with managedBy "hub"; allowed: in the stack of the hub; remove it here'],
  ],
  [
    "settings of a spoke in another stack",
    { argocd: { apiServer: "https://api.example.com" } },
    ['argocd.apiServer: has no effect with managedBy "self"; allowed: only with "hub"; remove it or change managedBy'],
  ],
  [
    "a spoke that nobody could reach",
    { cluster: { kind: "existing", context: "prod" }, ...spoke() },
    [
      "argocd.apiServer: missing; allowed: the address at which the hub reaches this cluster's API, because cluster names a context alone; add it",
    ],
  ],
  [
    "a role of AWS on a cluster that is not EKS",
    {
      cluster: { kind: "existing", kubeconfig: "kubeconfig" },
      ...spoke({ hubRoles: ["arn:aws:iam::111122223333:role/hub"] }),
    },
    [
      'argocd.hubRoles: needs access entries of EKS; allowed: only with cluster.kind "eks"; remove it, and a token is made',
    ],
  ],
  [
    "previews without an Argo CD",
    { ...spoke(), previews: { source: "pullRequests", credentials: { kind: "app", secret: "x" } } },
    [
      'previews.source: "pullRequests" needs an Argo CD beside the previews; allowed with argocd.managedBy "hub": "none"; set it',
    ],
  ],
];

describe("clusters of other stacks", () => {
  test.each(refused)("refuse %s", (_name, changes, problems) => {
    expect(problemsWith(changes)).toEqual(problems);
  });

  test("are none, and Argo CD is the stack's own, where nothing is said", () => {
    expect(parsed()).toMatchObject({ clusters: [], argocd: { managedBy: "self" } });
  });

  test("have their environments configured in the stack of the hub, which may serve none itself", () => {
    const config = parsed({
      ...hub(prod, { stack: "acme/p/test", environments: ["staging"], name: "test-eu" }),
      environments: [],
      delivery: { prod: { branch: "trunk", namespace: "shop" }, staging: { namespace: "shop" } },
      applications: [{ name: "app", environments: ["prod"], sync: { prod: { kind: "manual" } } }],
    });
    expect(config.clusters.map(clusterName)).toEqual(["prod", "test-eu"]);
  });

  test("still have one namespace for each environment of a cluster", () => {
    const both = hub({ ...prod, environments: ["staging", "prod"] });
    expect(problemsWith({ ...both, delivery: { prod: { namespace: "staging" } } })).toEqual([
      expect.stringContaining('delivery.prod.namespace: "staging" is the namespace of staging already'),
    ]);
  });
});
