import { describe, expect, test } from "@jest/globals";

import { parsed, problemsWith } from "./happy-path.ts";
import type { BadConfiguration } from "./happy-path.ts";

const branch = 'allowed: a name that `git check-ref-format --branch` accepts, and never HEAD; for example "main"';
const label =
  "allowed: lower-case letters, digits and '-', at most 63 characters, starting and ending with a letter or digit; for example \"core-trading\"";
const quantity =
  'allowed: a number that is not negative, with one of m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei or no suffix; for example "500m"';
const group = "allowed: text without '*', ',' or line breaks; for example \"platform-admins\"";
const namespace = 'allowed: a namespace of the environment\'s own; for example "dev"';
const quota = { requestsCpu: "4", requestsMemory: "4Gi", limitsCpu: "8", limitsMemory: "8Gi", pods: 10 };
const dev = (fields: object) => ({ delivery: { dev: fields } });

const bad: BadConfiguration[] = [
  [
    "the moving branch",
    dev({ branch: "HEAD" }),
    [`delivery.dev.branch: "HEAD" is not a branch name (HEAD moves with the server's default branch); ${branch}`],
  ],
  ["a range of commits", dev({ branch: "a..b" }), [`delivery.dev.branch: "a..b" is not a branch name; ${branch}`]],
  [
    "a branch with a space",
    dev({ branch: "my branch" }),
    [`delivery.dev.branch: "my branch" is not a branch name; ${branch}`],
  ],
  ["any branch", dev({ branch: "release/*" }), [`delivery.dev.branch: "release/*" is not a branch name; ${branch}`]],
  ["no branch", dev({ branch: "" }), [`delivery.dev.branch: "" is not a branch name; ${branch}`]],
  [
    "a namespace in capitals",
    dev({ namespace: "Dev" }),
    [`delivery.dev.namespace: "Dev" is not a DNS-1123 label; ${label}`],
  ],
  [
    "a namespace with a dot",
    dev({ namespace: "a.b" }),
    [`delivery.dev.namespace: "a.b" is not a DNS-1123 label; ${label}`],
  ],
  [
    "a name of 64 characters",
    dev({ namespace: "a".repeat(64) }),
    [`delivery.dev.namespace: "${"a".repeat(64)}" is not a DNS-1123 label; ${label}`],
  ],
  [
    "the namespace of Argo CD",
    dev({ namespace: "argocd" }),
    [`delivery.dev.namespace: "argocd" belongs to the cluster or to a controller; ${namespace}`],
  ],
  [
    "a namespace of Kubernetes",
    dev({ namespace: "kube-system" }),
    [`delivery.dev.namespace: "kube-system" belongs to the cluster or to a controller; ${namespace}`],
  ],
  [
    "an unknown way to sync",
    dev({ sync: "auto" }),
    ['delivery.dev.sync: "auto" is unknown; allowed: "automatic", "manual"; choose one of these'],
  ],
  [
    "a quota in GB",
    dev({ quota: { ...quota, limitsMemory: "8GB" } }),
    [`delivery.dev.quota.limitsMemory: "8GB" is not a Kubernetes quantity; ${quantity}`],
  ],
  [
    "a quota of no pods",
    dev({ quota: { ...quota, pods: 0 } }),
    ["delivery.dev.quota.pods: 0 is too small; allowed: at least 1; raise it"],
  ],
  [
    "two environments in one namespace",
    { environments: ["dev", "staging"], delivery: { dev: { namespace: "shared" }, staging: { namespace: "shared" } } },
    [
      'delivery.staging.namespace: "shared" is the namespace of dev already; allowed: a namespace of its own; choose another name',
    ],
  ],
  [
    "the default namespace of another environment",
    { environments: ["staging", "dev"], delivery: { dev: { namespace: "staging" } } },
    [
      'delivery.staging.namespace: "staging" is the namespace of dev already; allowed: a namespace of its own; choose another name',
    ],
  ],
  [
    "settings for an environment that is not served",
    { delivery: { prod: { branch: "trunk" } } },
    ['delivery.prod: "prod" is not served by this stack; allowed: dev; remove it or add it to environments'],
  ],
  [
    "an application for an environment that is not served",
    { applications: [{ name: "app", environments: ["dev", "staging"], sync: { prod: { kind: "manual" } } }] },
    [
      'applications[0].environments[1]: "staging" is not served by this stack; allowed: dev; remove it or add it to environments',
      'applications[0].sync.prod: "prod" is not served by this stack; allowed: dev; remove it or add it to environments',
    ],
  ],
  [
    "an application twice",
    { applications: [{ name: "app" }, { name: "reporting" }, { name: "app" }] },
    [
      'applications[2].name: "app" is listed already at index 0; allowed: one entry an application; merge the two entries',
    ],
  ],
  [
    "an application's path",
    { applications: [{ name: "apps/app" }] },
    [`applications[0].name: "apps/app" is not a DNS-1123 label; ${label}`],
  ],
  [
    "an application nowhere",
    { applications: [{ name: "app", environments: [] }] },
    ["applications[0].environments: [] is too small; allowed: at least 1 entry; add what is missing"],
  ],
  [
    "an unknown answer to a failure",
    { applications: [{ name: "app", onFailure: "ignore" }] },
    ['applications[0].onFailure: "ignore" is unknown; allowed: "rollback", "degrade", "notify"; choose one of these'],
  ],
  [
    "a degradation without a flag",
    { applications: [{ name: "app", onFailure: "degrade" }] },
    [
      'applications[0].degradeFlag: missing; allowed: the name of a flag, because onFailure is "degrade"; add it or choose onFailure "rollback"',
    ],
  ],
  [
    "a flag that nothing turns on",
    { applications: [{ name: "app", degradeFlag: "degraded-mode" }] },
    [
      'applications[0].degradeFlag: "degraded-mode" has no effect; allowed: only with onFailure "degrade"; remove it or change onFailure',
    ],
  ],
  ["every group", { groups: { admin: ["*"] } }, [`groups.admin[0]: "*" is not a group name; ${group}`]],
  [
    "two groups in one text",
    { groups: { viewer: ["a,b"] } },
    [`groups.viewer[0]: "a,b" is not a group name; ${group}`],
  ],
  [
    "nobody",
    { groups: { deployer: [] } },
    ["groups.deployer: [] is too small; allowed: at least 1 entry; add what is missing"],
  ],
];

describe("delivery", () => {
  test.each(bad)("refuses %s", (_name, changes, problems) => {
    expect(problemsWith(changes)).toEqual(problems);
  });

  test("takes one trunk branch for all environments", () => {
    const delivery = { dev: { branch: "main" }, staging: { branch: "main" } };
    expect(parsed({ environments: ["dev", "staging", "prod"], delivery }).delivery).toEqual(delivery);
  });
});
