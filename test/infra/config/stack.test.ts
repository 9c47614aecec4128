import { describe, expect, test } from "@jest/globals";

import { happyPath, parsed, problemsWith } from "./happy-path.ts";
import type { BadConfiguration } from "./happy-path.ts";

const repository =
  "allowed: https://, ssh://, user@host:path or file:///, without credentials and without '*'; " +
  'for example "https://github.com/example/gitops-platform.git"';
const tag = 'letters, digits, spaces and + - = . _ : / @, not starting with "aws:"; for example "team-a"';

const bad: BadConfiguration[] = [
  [
    "no environment",
    { environments: [] },
    ["environments: [] is too small; allowed: at least 1 entry; add what is missing"],
  ],
  [
    "one environment as text",
    { environments: '"dev"' },
    ['environments: "dev" is not a list; allowed: a list; change it'],
  ],
  [
    "an unknown environment",
    { environments: ["qa"] },
    ['environments[0]: "qa" is unknown; allowed: "dev", "staging", "prod"; choose one of these'],
  ],
  [
    "an environment twice",
    { environments: ["dev", "prod", "dev"] },
    ['environments[2]: "dev" is listed twice; allowed: each environment once; remove one'],
  ],
  [
    "a repository without TLS",
    { repository: "http://github.com/example/platform" },
    [`repository: "http://github.com/example/platform" is not a repository address; ${repository}`],
  ],
  [
    "a repository with credentials",
    { repository: "https://me:token@github.com/example/platform" },
    [`repository: "https://***@github.com/example/platform" is not a repository address; ${repository}`],
  ],
  [
    "every repository",
    { repository: "https://github.com/example/*" },
    [`repository: "https://github.com/example/*" is not a repository address; ${repository}`],
  ],
  [
    "unknown controllers",
    { controllers: "kubectl" },
    ['controllers: "kubectl" is unknown; allowed: "helm", "preinstalled"; choose one of these'],
  ],
  [
    "a tag of AWS",
    { tags: { "aws:owner": "team-a" } },
    [`tags.aws:owner: wrong key: "aws:owner" is not a tag; allowed: 1 to 128 ${tag}`],
  ],
  ["a tag without a key", { tags: { "": "team-a" } }, [`tags.: wrong key: "" is not a tag; allowed: 1 to 128 ${tag}`]],
  ["a tag with braces", { tags: { owner: "{team}" } }, [`tags.owner: "{team}" is not a tag; allowed: 0 to 256 ${tag}`]],
  ["a tag that is a number", { tags: { cost: 5 } }, ["tags.cost: 5 is not a string; allowed: a string; change it"]],
  [
    "text that is no JSON",
    { cluster: "eks" },
    ['cluster: "eks" is not JSON; allowed: a structured value; set it with `pulumi config set --path`'],
  ],
];

describe("a stack's configuration", () => {
  test("may be as small as the happy path, and then holds every default", () => {
    expect(parsed()).toEqual({
      ...happyPath,
      cluster: expect.objectContaining({ vpcCidr: "10.0.0.0/16", kubernetesVersion: "1.36" }),
      flux: { interval: "1m", timeout: "20s", healthTimeout: "15m", dependsOn: {} },
      argocd: { managedBy: "self", gitHost: "github", reconciliationTimeout: "180s" },
      certManager: { issuer: "selfsigned", acme: "production" },
      prometheus: { storage: "20Gi", retention: "360h" },
      alerts: { type: "slack" },
      previews: {
        source: "none",
        base: "dev",
        label: "preview",
        lifetime: "72h",
        maximum: 5,
        quota: { requestsCpu: "1", requestsMemory: "1Gi", limitsCpu: "4", limitsMemory: "4Gi", pods: 10 },
      },
      dashboard: { enabled: false },
      compliance: { admission: { dev: "deny", staging: "deny", prod: "deny" } },
      groups: { viewer: ["gitops-viewer"], deployer: ["gitops-deployer"], admin: ["gitops-admin"] },
    });
  });

  test.each([
    "https://github.com/example/gitops-platform.git",
    "ssh://git@git.example.com:2222/example/platform.git",
    "git@github.com:example/platform.git",
    "file:///srv/git/platform.git",
  ])("takes the repository %s", (address) => {
    expect(parsed({ repository: address }).repository).toBe(address);
  });

  test.each(bad)("refuses %s", (_name, changes, problems) => {
    expect(problemsWith(changes)).toEqual(problems);
  });
});
