import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, test } from "@jest/globals";
import type { V1ConfigMap } from "@kubernetes/client-node";
import { FlagdCore } from "@openfeature/flagd-core";
import { parse } from "yaml";

import { environmentNames } from "../../infra/environments.ts";
import { render, root } from "../support/kustomize.ts";

import { only, renderOverlays, workload } from "./overlays.ts";

const quiet = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };

const overlays = (await renderOverlays())
  .filter(({ manifests }) => manifests.some(({ kind }) => kind === "ConfigMap"))
  .map((overlay) => {
    const object = only<V1ConfigMap>(overlay, "ConfigMap");
    const core = new FlagdCore(undefined, quiet);
    core.setConfigurations(object.data?.["flags.json"] ?? "");
    return { ...overlay, object, core, keys: [...core.getFlags().keys()] };
  });

const scratch = mkdtempSync(join(tmpdir(), "flags-"));
cpSync(join(root, "apps"), scratch, { recursive: true });
afterAll(() => rmSync(scratch, { recursive: true }));

test("app and risk-control have flags in every environment", () => {
  expect(overlays.map(({ application, environment }) => `${application} ${environment}`)).toEqual(
    ["app", "risk-control"].flatMap((name) => environmentNames.map((environment) => `${name} ${environment}`)),
  );
});

describe.each(overlays)("$path", (overlay) => {
  const { application, environment, object, core } = overlay;

  test("brings them in the ConfigMap that flagd reads", () => {
    expect(object.metadata?.name).toBe(`${application}-flags`);
    expect(object.metadata?.labels).toEqual({ "gitops.platform/feature-flags": "true" });
    expect(Object.keys(object.data ?? {})).toEqual(["flags.json"]);
  });

  test("says where flags are evaluated, and reads none itself", () => {
    const { container, pod } = workload(overlay);
    expect(container.env).toContainEqual({ name: "OFREP_ENDPOINT", value: "http://flagd:8016" });
    expect(JSON.stringify(pod)).not.toContain(`${application}-flags`);
  });

  test("changes no pod when a flag changes", async () => {
    const folder = join(scratch, application, "overlays", environment);
    const file = join(folder, "flags.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"defaultVariant": "off"', '"defaultVariant": "on"'));
    const manifests = await render(folder);
    const changed = manifests.filter(
      (manifest, index) => JSON.stringify(manifest) !== JSON.stringify(overlay.manifests[index]),
    );
    expect(changed.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([`ConfigMap ${application}-flags`]);
  });

  if (application === "risk-control")
    test("is not degraded", () => {
      const { value, variant } = core.resolveBooleanEvaluation("degraded-mode", true, { targetingKey: "a" });
      expect({ value, variant }).toEqual({ value: false, variant: "off" });
    });

  if (application === "app")
    test("shows the new checkout to a share of the users, always the same ones", () => {
      const users = Array.from({ length: 2000 }, (_, index) => `user-${index}`);
      const on = () =>
        users.filter((user) => core.resolveBooleanEvaluation("new-checkout", false, { targetingKey: user }).value);
      const share = (on().length / users.length) * 100;
      const wanted = { dev: 50, staging: 10, prod: 0 }[environment];
      expect(Math.abs(share - wanted)).toBeLessThanOrEqual(wanted === 0 ? 0 : 5);
      expect(on()).toEqual(on());
    });
});

test.each(environmentNames)("no two applications of %s share the name of a flag: flagd has one set of them", (name) => {
  const keys = overlays.filter(({ environment }) => environment === name).flatMap((overlay) => overlay.keys);
  expect(keys.length).toBeGreaterThan(1);
  expect(new Set(keys).size).toBe(keys.length);
});

test("every flag that a failure turns on is there in every environment, and is off", () => {
  type Entries = readonly { readonly name: string; readonly degradeFlag?: string }[];
  const file = (name: string) => (parse(readFileSync(join(root, name), "utf8")) as { config: object }).config;
  const defaults = (file("Pulumi.yaml") as { applications: { default: Entries } }).applications.default;
  const inProd = (file("Pulumi.prod.yaml") as Record<string, Entries>)["gitops-platform:applications"] ?? [];
  for (const entries of [defaults, inProd]) {
    const degrading = entries.filter(({ degradeFlag }) => degradeFlag !== undefined);
    expect(degrading).toHaveLength(1);
    for (const { name, degradeFlag = "" } of degrading) {
      const flagged = overlays.filter(({ application }) => application === name);
      expect(flagged).toHaveLength(environmentNames.length);
      for (const { core } of flagged) expect(core.resolveBooleanEvaluation(degradeFlag, true, {}).value).toBe(false);
    }
  }
});
