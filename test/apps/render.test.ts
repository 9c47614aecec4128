import { describe, expect, test } from "@jest/globals";

import { allowedKinds } from "../../infra/delivery/kinds.ts";
import { environments } from "../../infra/environments.ts";
import type { Manifest } from "../support/kustomize.ts";

import { schemaChecker } from "./kubernetes-schema.ts";
import { applications, leaves, renderOverlays } from "./overlays.ts";

const overlays = await renderOverlays();
const problems = await schemaChecker();

const kinds = ["Canary", "Deployment", "Ingress", "NetworkPolicy", "PodDisruptionBudget", "ServiceAccount"];
/** What only some overlays have. */
const extra: Readonly<Record<string, readonly string[]>> = {
  "app": ["ConfigMap", "ScaledObject"],
  "risk-control": ["ConfigMap", "ScaledObject"],
  "core-trading prod": ["ScaledObject"],
};

test("the four applications of the platform are there", () => {
  expect(applications).toEqual(expect.arrayContaining(["app", "core-trading", "reporting", "risk-control"]));
});

describe.each(overlays)("$path", ({ application, environment, manifests }) => {
  test("renders one object of each kind, all named like the application", () => {
    const more = extra[`${application} ${environment}`] ?? extra[application] ?? [];
    expect(manifests.map(({ kind }) => kind).sort()).toEqual([...kinds, ...more].sort());
    for (const { kind, metadata } of manifests)
      expect(metadata.name).toBe(kind === "ConfigMap" ? `${application}-flags` : application);
  });

  test("stays inside the environment's namespace", () => {
    const { namespace } = environments[environment];
    expect(new Set(manifests.map(({ metadata }) => metadata.namespace))).toEqual(new Set([namespace]));
  });

  test("uses only kinds that its AppProject allows", () => {
    for (const { apiVersion, kind } of manifests) {
      const group = apiVersion.includes("/") ? apiVersion.split("/")[0] : "";
      expect(allowedKinds).toContainEqual({ group, kind });
    }
  });

  test("is valid for the pinned Kubernetes, unknown fields included", () => {
    expect(manifests.flatMap(problems)).toEqual([]);
  });

  test("labels every object with application, name and tier", () => {
    for (const { metadata } of manifests.filter(({ kind }) => kind !== "ConfigMap")) {
      expect(metadata.labels).toEqual({
        "app.kubernetes.io/name": application,
        "gitops.platform/application": application,
        "gitops.platform/tier": expect.stringMatching(/^(critical|standard)$/),
      });
    }
  });

  test("leaves no placeholder, and nothing that Flagger or KEDA will own", () => {
    const values = manifests.flatMap((manifest) => [...leaves(manifest)]);
    for (const [path, value] of values) {
      if (path !== "/spec/fallback/replicas")
        expect(path).not.toMatch(/\/(replicas|hostPath|hostNetwork|hostPID|hostIPC|hostPort)$/);
      expect(String(value)).not.toMatch(
        /set-by-|\b(application|namespace)\b.*(9898|rate)|^application-|^any$|\.invalid$|-primary$|-canary$|:latest$/,
      );
    }
  });
});

describe("the schema check itself", () => {
  const service = (spec: object): Manifest & { spec: object } => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "x" },
    spec,
  });

  test.each([
    ["an unknown field", { selectors: {} }, "additionalProperty"],
    ["a wrong type", { ports: [{ port: "9898" }] }, "integer"],
    ["a missing field", { ports: [{ name: "http" }] }, "port"],
  ])("refuses %s", (_, spec, said) => {
    expect(problems(service(spec)).join("\n")).toContain(said);
  });

  test("refuses a kind that Kubernetes does not have", () => {
    expect(() => problems({ apiVersion: "v1", kind: "Servise", metadata: { name: "x" } })).toThrow(
      "Kubernetes has no v1 Servise",
    );
  });
});
