import { readFile } from "node:fs/promises";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { startAnalyzer } from "../../policies/analyzer/index.ts";
import type { Analyzer } from "../../policies/analyzer/index.ts";
import type { PackConfig } from "../../policies/configuration.ts";
import { judgeManifests } from "../../policies/manifests.ts";
import { record } from "../../rehearsal/index.ts";
import { renderOverlays } from "../apps/overlays.ts";
import { root } from "../support/kustomize.ts";

const today = "2026-11-23";

async function configOf(stack: string): Promise<PackConfig> {
  return JSON.parse(await readFile(`${root}/policies/config/${stack}.json`, "utf8")) as PackConfig;
}

let analyzer: Analyzer;

beforeAll(async () => {
  analyzer = await startAnalyzer({ today });
}, 60_000);

afterAll(() => analyzer.close());

describe("the stacks of this repository", () => {
  test.each(["dev", "staging", "prod", "local"])(
    "%s violates nothing",
    async (stack) => {
      const recording = await record({ stack, project: root });
      const { violations } = await analyzer.analyze({ recording, packConfig: await configOf(stack) });
      expect(violations).toEqual([]);
    },
    120_000,
  );
});

describe("an Argo CD of several clusters", () => {
  const violations = async (config: Readonly<Record<string, unknown>>) => {
    const recording = await record({ stack: "prod", project: root, config, stackOutputs: "unknown" });
    const analysis = await analyzer.analyze({ recording, packConfig: await configOf("prod") });
    return analysis.violations.map(({ policy, urn }) => `${policy} ${urn?.split("::").at(-1)}`);
  };
  const staging = { stack: "organization/gitops-platform/staging", environments: ["staging"] };

  test("violates nothing in the stack of the hub, whose destinations are elsewhere", async () => {
    expect(await violations({ clusters: [staging] })).toEqual([]);
  }, 120_000);

  test("violates nothing in the stack of a spoke", async () => {
    expect(await violations({ argocd: { managedBy: "hub" }, applications: [] })).toEqual([]);
  }, 120_000);

  test("is held to the windows of an environment that is elsewhere", async () => {
    const elsewhere = {
      environments: ["staging"],
      clusters: [{ ...staging, environments: ["prod"] }],
      applications: [],
    };
    expect(await violations(elsewhere)).toContain("argocd-window-required core-trading-prod");
  }, 120_000);
});

describe("a stack on Flux", () => {
  const judged = async (applications: readonly object[]) => {
    const config = { gitops: "flux", applications };
    const recording = await record({ stack: "prod", project: root, config });
    const { violations } = await analyzer.analyze({ recording, packConfig: await configOf("prod") });
    return violations.map(({ policy, urn }) => `${policy} ${urn?.split("::").at(-1)}`);
  };

  test("violates nothing where core-trading waits for a person", async () => {
    expect(await judged([{ name: "core-trading", sync: { prod: { kind: "manual" } } }])).toEqual([]);
  }, 120_000);

  test("violates a policy where nothing keeps it out of trading hours", async () => {
    expect(await judged([])).toEqual(["flux-approval-required core-trading-prod"]);
  }, 120_000);
});

describe("the overlays under apps/", () => {
  test("violate nothing, and an image without a version is refused", async () => {
    const config = { prod: await configOf("prod"), staging: await configOf("staging"), dev: await configOf("dev") };
    for (const { environment, manifests } of await renderOverlays()) {
      const objects = manifests.map((manifest) => ({ ...manifest }));
      const options = { environment, config: config[environment], today };
      expect(judgeManifests(objects, options)).toEqual([]);
      const text = JSON.stringify(objects).replace(/(podinfo):[0-9.]+/g, "$1:latest");
      expect(judgeManifests(JSON.parse(text) as typeof objects, options)).toContainEqual(
        expect.objectContaining({ policy: "image-pinned", message: expect.stringContaining("podinfo:latest") }),
      );
    }
  }, 180_000);
});
