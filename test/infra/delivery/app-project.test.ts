import { describe, expect, test } from "@jest/globals";

import { appProjectSpec } from "../../../infra/delivery/app-project.ts";

import { afterClose, application, calendar, groups, prod, repository } from "./environments.ts";

const windows = application("core-trading", {
  kind: "windows",
  windows: [afterClose, { ...afterClose, kind: "deny" }],
});
const spec = appProjectSpec(prod(application("app"), windows), repository, groups, calendar);

/** Every text in a value, at any depth. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}

describe("an AppProject", () => {
  test("lets in one repository and one namespace of one cluster", () => {
    expect(spec.sourceRepos).toEqual([repository]);
    expect(spec.destinations).toEqual([{ server: "https://kubernetes.default.svc", namespace: "prod" }]);
  });

  test("has no star and no default anywhere, but for the fields of a schedule", () => {
    const { syncWindows, ...rest } = spec;
    const withoutSchedules = syncWindows?.map((window) => ({ ...window, schedule: "" }));
    const all = texts({ ...rest, withoutSchedules }).map((text) => text.replace("https://kubernetes.default.svc", ""));
    expect(all.length).toBeGreaterThan(50);
    expect(all.filter((text) => /\*|\bdefault\b/.test(text))).toEqual([]);
  });

  test("names every kind that an application may bring, and no kind of the cluster", () => {
    expect(spec.clusterResourceWhitelist).toEqual([]);
    expect(spec.namespaceResourceWhitelist?.map(({ group, kind }) => `${group}/${kind}`)).toEqual([
      "/ConfigMap",
      "/Service",
      "/ServiceAccount",
      "apps/Deployment",
      "autoscaling/HorizontalPodAutoscaler",
      "flagger.app/Canary",
      "gateway.networking.k8s.io/HTTPRoute",
      "keda.sh/ScaledObject",
      "networking.k8s.io/Ingress",
      "networking.k8s.io/NetworkPolicy",
      "policy/PodDisruptionBudget",
    ]);
    // A black list would make everything allowed that it does not name.
    expect(spec).not.toHaveProperty("namespaceResourceBlacklist");
    expect(spec).not.toHaveProperty("clusterResourceBlacklist");
  });

  test("gives each role its groups and its actions, on each application by name", () => {
    const actions = (role: string) =>
      spec.roles?.find(({ name }) => name === role)?.policies?.map((policy) => policy.split(", "));
    expect(spec.roles?.map(({ name, groups: members }) => [name, members])).toEqual([
      ["viewer", groups.viewer],
      ["deployer", groups.deployer],
      ["admin", groups.admin],
    ]);
    const lines = (role: string, ...names: string[]) =>
      ["app-prod", "core-trading-prod"].flatMap((app) =>
        names.map((action) => ["p", `proj:prod:${role}`, "applications", action, `prod/${app}`, "allow"]),
      );
    expect(actions("viewer")).toEqual(lines("viewer", "get"));
    expect(actions("deployer")).toEqual(lines("deployer", "get", "sync"));
    expect(actions("admin")).toEqual(lines("admin", "get", "create", "update", "delete", "sync", "override"));
  });

  test("has the windows of the applications that have some, each with a selector and a time zone", () => {
    const window = {
      schedule: "0 20 * * 1-5",
      duration: "1h",
      timeZone: "America/New_York",
      manualSync: true,
      applications: ["core-trading-prod"],
    };
    expect(spec.syncWindows).toEqual([
      { ...window, kind: "allow" },
      { ...window, kind: "deny" },
    ]);
  });

  test("has no window where no application has one", () => {
    const others = [application("app"), application("reporting", { kind: "manual" })];
    expect(appProjectSpec(prod(...others), repository, groups, calendar).syncWindows).toEqual([]);
  });
});
