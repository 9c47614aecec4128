import { describe, expect, test } from "@jest/globals";
import type { z } from "zod";

import { configSchema } from "../../../infra/config/schema.ts";
import { tektonGiven } from "../ci/tekton-config.ts";

import { asGiven, eks, errorFor, happyPath } from "./happy-path.ts";
import { objectsIn } from "./schema-walk.ts";

/** A right configuration with something in every object that the schema has. */
const complete = {
  ...happyPath,
  ci: tektonGiven,
  cluster: {
    ...eks,
    subnets: { public: ["10.0.0.0/24", "10.0.1.0/24"], private: ["10.0.16.0/20", "10.0.32.0/20"] },
    nodeGroups: [{ name: "main", taints: [{ key: "spot", effect: "PreferNoSchedule" }] }],
    access: {},
  },
  argocd: {
    host: "argocd.example.com",
    ingress: { className: "nginx" },
    oidc: { issuer: "https://login.example.com", clientId: "gitops" },
  },
  clusters: [{ stack: "acme/gitops-platform/prod", environments: ["prod"] }],
  applications: [
    { name: "app", sync: { dev: { kind: "continuous" } } },
    { name: "reporting", sync: { dev: { kind: "manual" } } },
    {
      name: "risk-control",
      sync: { dev: { kind: "maintenance", market: "nyse", time: "20:00", duration: "1h" } },
    },
    {
      name: "market-data",
      sync: { dev: { kind: "scheduled", schedule: "0 18 * * 1-5", duration: "2h", timeZone: "UTC" } },
    },
    {
      name: "core-trading",
      sync: {
        dev: {
          kind: "windows",
          windows: [{ kind: "deny", schedule: "0 9 * * 1-5", duration: "8h", timeZone: "America/New_York" }],
        },
      },
    },
  ],
  previews: {
    source: "pullRequests",
    quota: { requestsCpu: "1", requestsMemory: "1Gi", limitsCpu: "1", limitsMemory: "1Gi", pods: 1 },
    credentials: { kind: "app", secret: "previews" },
  },
  compliance: { admission: { dev: "warn" }, ocm: { managedCluster: "local-cluster" } },
  dashboard: {
    enabled: true,
    host: "dashboard.example.com",
    image: `registry.example.com/gitops-dashboard@sha256:${"0".repeat(64)}`,
    ingress: { className: "nginx", namespace: "ingress", annotations: { "example.com/sign-in": "on" } },
  },
  delivery: {
    dev: { quota: { requestsCpu: "1", requestsMemory: "1Gi", limitsCpu: "1", limitsMemory: "1Gi", pods: 1 } },
  },
};

/** The same for what Flux alone has. */
const onFlux = {
  ...happyPath,
  gitops: "flux",
  flux: {
    receiver: { secret: "webhook" },
    alerts: {},
    imageAutomation: { images: { app: "ghcr.io/example/app" } },
    dependsOn: { app: ["reporting"] },
  },
};

/** One place of each object, and the same configuration with a key more there. */
function places(value: unknown, path: string, put: (replacement: unknown) => unknown): [string, unknown][] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      places(item, `${path}[${index}]`, (other) => put(value.map((old: unknown, at) => (at === index ? other : old)))),
    );
  }
  if (typeof value !== "object" || value === null) return [];
  return [
    [path === "" ? "surprise" : `${path}.surprise`, put({ ...value, surprise: 1 })],
    ...Object.entries(value).flatMap(([key, item]) =>
      places(item, path === "" ? key : `${path}.${key}`, (other) => put({ ...value, [key]: other })),
    ),
  ];
}

/** Records take any key, so there a surprise is no key but a wrong value. */
const all = [
  ...places(complete, "", (value) => value),
  ...places(onFlux, "", (value) => value).filter(([path]) => /^flux\.\w+\./.test(path)),
].filter(([path]) => !/^(tags|.*\.(annotations|images|dependsOn))\.surprise$/.test(path));

describe("an unknown key", () => {
  test("is looked for in a configuration that is right", () => {
    expect(errorFor(complete)).toBe("");
    expect(errorFor(onFlux)).toBe("");
  });

  test.each(all)("at %s is refused, with the keys that are known", (path, config) => {
    const [heading, ...problems] = errorFor(config as Record<string, unknown>).split("\n");
    expect(heading).toBe("the stack's configuration has 1 problem:");
    const escaped = path.replace(/[[\].]/g, "\\$&");
    expect(problems).toEqual([
      expect.stringMatching(new RegExp(`^  ${escaped}: unknown key; allowed: \\w+(, \\w+)*; remove or rename it$`)),
    ]);
    expect(asGiven(happyPath)).not.toHaveProperty("surprise");
  });

  test("is tried in every object of the schema but an existing cluster", () => {
    const objects = objectsIn(configSchema as z.ZodType).filter(({ path }) => path !== "cluster(existing)");
    const tried = new Set(all.map(([path]) => path.replace(/\.?surprise$/, "").replace(/\[\d+\]/g, "[]")));
    const wanted = objects.map(({ path }) => path.replace(/\([^)]*\)/g, "").replace(/\.<[^>]*>/g, ".dev"));
    expect(wanted.filter((path) => !tried.has(path) && path !== "tags")).toEqual([]);
    expect(wanted.length).toBeGreaterThan(15);
  });

  test.each([
    ["another typing error", "cluster2"],
    ["a typing error", "enviroments"],
  ])("at the top (%s) names all keys of a stack", (_name, key) => {
    expect(errorFor({ [key]: [] })).toBe(
      `the stack's configuration has 1 problem:\n  ${key}: unknown key; allowed: environments, repository, cluster, ` +
        "controllers, gitops, flux, argocd, clusters, certManager, prometheus, alerts, applications, delivery, previews, dashboard, ci, compliance, groups, tags; remove or rename it",
    );
  });

  test("that is an environment which the platform has not names those it has", () => {
    expect(errorFor({ delivery: { qa: {} } })).toBe(
      "the stack's configuration has 1 problem:\n" +
        "  delivery.qa: unknown key; allowed: dev, staging, prod; remove or rename it",
    );
  });
});
