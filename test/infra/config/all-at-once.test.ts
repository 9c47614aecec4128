import { describe, expect, test } from "@jest/globals";

import { eks, errorFor, problemsWith } from "./happy-path.ts";

const paths = (changes: Record<string, unknown>) => problemsWith(changes).map((line) => line.split(": ")[0]);
const role = "arn:aws:iam::111122223333:role/sre";

describe("several problems", () => {
  test("are one error, in the order of the schema, with a heading that counts them", () => {
    const error = errorFor({
      surprise: true,
      tags: "{",
      delivery: { dev: { branch: "HEAD" } },
      environments: ["dev", "dev"],
      controllers: "flux",
    });
    expect(error).toBe(
      [
        "the stack's configuration has 5 problems:",
        '  environments[1]: "dev" is listed twice; allowed: each environment once; remove one',
        '  controllers: "flux" is unknown; allowed: "helm", "preinstalled"; choose one of these',
        '  delivery.dev.branch: "HEAD" is not a branch name (HEAD moves with the server\'s default branch); allowed: a name that `git check-ref-format --branch` accepts, and never HEAD; for example "main"',
        '  tags: "{" is not JSON; allowed: a structured value; set it with `pulumi config set --path`',
        "  surprise: unknown key; allowed: environments, repository, cluster, controllers, gitops, flux, argocd, clusters, certManager, prometheus, alerts, applications, delivery, previews, dashboard, ci, compliance, groups, tags; remove or rename it",
      ].join("\n"),
    );
  });
});

describe("rules between fields hold beside other problems", () => {
  test("of the stack", () => {
    const changes = {
      environments: ["dev", "staging", "staging"],
      controllers: "flux",
      applications: [{ name: "app", environments: ["prod", "qa"], sync: { prod: { kind: "auto" } } }, { name: "App" }],
      delivery: { staging: { namespace: "dev", sync: "auto" }, prod: { branch: "" } },
    };
    expect(paths(changes)).toEqual([
      "environments[2]",
      "controllers",
      "applications[0].environments[1]",
      "applications[0].sync.prod.kind",
      "applications[1].name",
      "applications[0].environments[0]",
      "applications[0].sync.prod",
      "delivery.staging.sync",
      "delivery.prod.branch",
      "delivery.prod",
      "delivery.staging.namespace",
    ]);
  });

  test("of the applications", () => {
    const applications = [{ name: "app" }, { name: "B" }, null, { name: "app", surprise: 1 }];
    expect(paths({ applications })).toEqual([
      "applications[1].name",
      "applications[2]",
      "applications[3].surprise",
      "applications[3].name",
    ]);
  });

  test("of the network", () => {
    const cluster = {
      ...eks,
      zones: ["eu-central-1a", "eu-central-1a", "b"],
      serviceCidr: "10.0.0.0/20",
      extendedSupport: "no",
      subnets: { public: ["10.0.0.0/24", "10.0.0.0/24", "none"], private: [] },
    };
    expect(paths({ cluster })).toEqual([
      "cluster.zones[2]",
      "cluster.subnets.public[2]",
      "cluster.extendedSupport",
      "cluster.zones[1]",
      "cluster.serviceCidr",
      "cluster.subnets.private",
      "cluster.subnets.public[1]",
    ]);
  });

  test("of nodes, endpoint and access", () => {
    const cluster = {
      ...eks,
      region: "mars-1",
      nodeGroups: [{ name: "a", minSize: 9, diskSizeGiB: 1 }, null, { name: "a", maxSize: "many" }],
      endpoint: { public: false, private: false },
      access: { viewer: [role, 5], admin: [role] },
    };
    expect(paths({ cluster })).toEqual([
      "cluster.region",
      "cluster.nodeGroups[0].diskSizeGiB",
      "cluster.nodeGroups[1]",
      "cluster.nodeGroups[2].maxSize",
      "cluster.access.viewer[1]",
      "cluster.nodeGroups[0].minSize",
      "cluster.nodeGroups[2].name",
      "cluster.endpoint.private",
      "cluster.access.admin[0]",
    ]);
  });

  test("of the controllers", () => {
    const argocd = { ingress: { className: "Nginx" }, oidc: {} };
    const certManager = { issuer: "letsencrypt", email: "ops", acme: "test" };
    expect(paths({ argocd, certManager })).toEqual([
      "argocd.ingress.className",
      "argocd.oidc.issuer",
      "argocd.oidc.clientId",
      "argocd.host",
      "argocd.host",
      "certManager.email",
      "certManager.acme",
      "certManager.ingressClass",
    ]);
  });
});

describe("a rule between fields is silent about what rests on a wrong value", () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ["the environments", { environments: ["qa"], delivery: { prod: {} } }, ["environments[0]"]],
    [
      "the delivery",
      { environments: ["dev", "prod"], delivery: { prod: { namespace: "Dev" } } },
      ["delivery.prod.namespace"],
    ],
    ["the network", { cluster: { ...eks, vpcCidr: "10/8", serviceCidr: "10.0.0.0/20" } }, ["cluster.vpcCidr"]],
    ["the endpoint", { cluster: { ...eks, endpoint: { public: "yes" } } }, ["cluster.endpoint.public"]],
    ["the issuer", { certManager: { issuer: "none", email: "ops@example.com" } }, ["certManager.issuer"]],
    ["the kubeconfig", { cluster: { kind: "existing", kubeconfig: 5 } }, ["cluster.kubeconfig"]],
  ])("%s", (_name, changes, expected) => {
    expect(paths(changes)).toEqual(expected);
  });
});
