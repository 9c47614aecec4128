import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { discover } from "../../../infra/delivery/discovery.ts";
import { parsed } from "../config/happy-path.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "discovery-"));
  mkdirSync(join(root, "apps"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function overlay(application: string, ...environments: string[]): void {
  for (const environment of environments) {
    const folder = join(root, "apps", application, "overlays", environment);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "kustomization.yaml"), "resources: [../../base]\n");
  }
}

const settings = (...applications: object[]) =>
  parsed({ environments: ["dev", "staging", "prod"], applications }).applications;

describe("discovery", () => {
  test("finds every folder, in every environment that is served, and nothing else", () => {
    overlay("reporting", "dev", "staging", "prod");
    overlay("app", "dev", "prod");
    overlay("components", "dev");
    writeFileSync(join(root, "apps", "README.md"), "");
    const onFailure = { kind: "rollback" };
    const flags = false;
    expect(discover(root, ["dev", "prod"], [])).toEqual({
      deployments: [
        { application: "app", environment: "dev", path: "apps/app/overlays/dev", sync: undefined, onFailure, flags },
        { application: "app", environment: "prod", path: "apps/app/overlays/prod", sync: undefined, onFailure, flags },
        {
          application: "reporting",
          environment: "dev",
          path: "apps/reporting/overlays/dev",
          sync: undefined,
          onFailure,
          flags,
        },
        {
          application: "reporting",
          environment: "prod",
          path: "apps/reporting/overlays/prod",
          sync: undefined,
          onFailure,
          flags,
        },
      ],
      problems: [],
    });
  });

  test("takes environments and strategy from the application's entry", () => {
    overlay("app", "prod");
    overlay("reporting", "dev", "prod");
    const entries = settings({ name: "app", environments: ["prod"], sync: { prod: { kind: "manual" } } });
    const { deployments, problems } = discover(root, ["dev", "prod"], entries);
    expect(problems).toEqual([]);
    expect(deployments.map(({ application, environment, sync }) => [application, environment, sync?.kind])).toEqual([
      ["app", "prod", "manual"],
      ["reporting", "dev", undefined],
      ["reporting", "prod", undefined],
    ]);
  });

  test("takes the answer to a failure from the entry, with the flag that it turns on", () => {
    for (const name of ["app", "reporting", "risk-control"]) overlay(name, "dev");
    const entries = settings(
      { name: "reporting", onFailure: "notify" },
      { name: "risk-control", onFailure: "degrade", degradeFlag: "degraded-mode" },
    );
    expect(discover(root, ["dev"], entries).deployments.map(({ onFailure }) => onFailure)).toEqual([
      { kind: "rollback" },
      { kind: "notify" },
      { kind: "degrade", flag: "degraded-mode" },
    ]);
  });

  test("sees which overlays bring feature flags", () => {
    overlay("app", "dev", "prod");
    writeFileSync(join(root, "apps", "app", "overlays", "dev", "flags.json"), "{}");
    const { deployments } = discover(root, ["dev", "prod"], []);
    expect(deployments.map(({ environment, flags }) => [environment, flags])).toEqual([
      ["dev", true],
      ["prod", false],
    ]);
  });

  test("refuses a folder without an overlay, one problem for each environment", () => {
    overlay("app", "dev");
    mkdirSync(join(root, "apps", "app", "overlays", "prod"));
    expect(discover(root, ["dev", "staging", "prod"], []).problems).toEqual(
      ["staging", "prod"].map((environment) => ({
        path: "apps/app",
        message:
          `there is no apps/app/overlays/${environment}/kustomization.yaml; allowed: an overlay for each environment ` +
          `of the application; add it, or list the application's environments without "${environment}" in applications`,
      })),
    );
  });

  test("refuses an entry without a folder, and says which folders there are", () => {
    overlay("app", "dev");
    overlay("reporting", "dev");
    expect(discover(root, ["dev"], settings({ name: "app" }, { name: "raporting" })).problems).toEqual([
      {
        path: "applications[1].name",
        message:
          '"raporting" has no folder under apps/; allowed: app, reporting; add apps/raporting or remove the entry',
      },
    ]);
  });

  test("does not take the shared components for an application, even if an entry asks for them", () => {
    overlay("components", "dev");
    const { deployments, problems } = discover(root, ["dev"], settings({ name: "components" }));
    expect(deployments).toEqual([]);
    expect(problems.map(({ path }) => path)).toEqual(["applications[0].name"]);
  });

  test("finds the four applications of this repository in every environment", () => {
    const here = join(import.meta.dirname, "..", "..", "..");
    const { deployments, problems } = discover(here, ["dev", "staging", "prod"], []);
    expect(problems).toEqual([]);
    expect([...new Set(deployments.map(({ application }) => application))]).toEqual([
      "app",
      "core-trading",
      "reporting",
      "risk-control",
    ]);
    expect(deployments).toHaveLength(12);
  });
});
