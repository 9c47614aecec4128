import { join } from "node:path";

import { beforeAll, describe, expect, test } from "@jest/globals";

import { fluxSchema } from "../../../infra/config/gitops.ts";
import { fluxValues } from "../../../infra/controllers/flux-values.ts";
import { charts } from "../../../infra/versions.ts";
import { record } from "../../../rehearsal/index.ts";
import type { RecordedResource } from "../../../rehearsal/index.ts";

describe("the values of Flux's chart", () => {
  const values = fluxValues(fluxSchema.parse({}));

  test("lock the controllers in: no references between namespaces, no remote bases, no rights of their own", () => {
    expect(values.multitenancy).toEqual({ enabled: true, defaultServiceAccount: "default", privileged: false });
    expect(values.kustomizeController.container.additionalArgs).toContain("--no-remote-bases=true");
    expect(values.policies.create).toBe(true);
  });

  test("install what is used alone", () => {
    const created = (given: typeof values) =>
      Object.entries(given).flatMap(([name, value]) =>
        typeof value === "object" && name.endsWith("Controller") && (value as { create: boolean }).create ? [name] : [],
      );
    const always = ["sourceController", "kustomizeController", "notificationController"];
    expect(created(values)).toEqual(always);
    const imageAutomation = { images: { app: "ghcr.io/example/app" } };
    const more = ["imageReflectionController", "imageAutomationController"];
    expect(created(fluxValues(fluxSchema.parse({ imageAutomation })))).toEqual([...always, ...more]);
  });

  test("keep the definitions, and with them all objects, when the release goes", () => {
    expect(values.crds.annotations).toEqual({ "helm.sh/resource-policy": "keep" });
  });
});

describe("a stack on Flux", () => {
  let resources: readonly RecordedResource[];
  let outputs: unknown;

  beforeAll(async () => {
    const project = join(import.meta.dirname, "..", "..", "..");
    const recording = await record({ stack: "staging", project, config: { gitops: "flux" } });
    ({ resources, outputs } = recording);
  }, 120_000);

  const releases = () => resources.filter(({ type }) => type === "kubernetes:helm.sh/v3:Release");

  test("has Flux in place of Argo CD, and every other controller", () => {
    const names = releases().map(({ inputs }) => (inputs as { chart: string }).chart);
    expect(names).toEqual(expect.arrayContaining(["flux2", "flagger", "keda", "prometheus"]));
    expect(names).not.toContain("argo-cd");
    expect(resources.filter(({ type }) => type.includes("argoproj.io"))).toEqual([]);
    const flux = releases().find(({ inputs }) => (inputs as { chart: string }).chart === "flux2");
    expect(flux?.inputs).toMatchObject({ version: charts.flux.version, namespace: "flux-system" });
  });

  test("is manual in staging: each Kustomization is suspended", () => {
    const kustomizations = resources.filter(({ type }) => type.endsWith(":Kustomization"));
    expect(kustomizations.length).toBeGreaterThan(3);
    for (const { inputs } of kustomizations) expect(inputs).toMatchObject({ spec: { suspend: true } });
  });

  test("says what it made, and nothing of Argo CD", () => {
    expect(outputs).toMatchObject({
      applications: { staging: expect.arrayContaining(["app-staging"]) as unknown },
      fluxStatus: expect.stringContaining("kustomizations") as unknown,
    });
    expect(Object.keys(outputs as object).filter((name) => name.startsWith("argocd"))).toEqual([]);
  });

  test("makes a Kustomization last: after the controllers, the account and the admission policies", () => {
    const kustomization = resources.find(({ name }) => name === "app-staging");
    const needed = ["staging-source", "staging-gitops-reconciler", "gitops-flux-kustomizations", "flux2"];
    const names = kustomization?.dependencies.map((urn) => urn.split("::").at(-1));
    expect(names).toEqual(expect.arrayContaining(needed));
  });
});
