import { readFile } from "node:fs/promises";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { startAnalyzer } from "../../../policies/analyzer/index.ts";
import type { Analyzer } from "../../../policies/analyzer/index.ts";
import type { PackConfig } from "../../../policies/configuration.ts";
import { record } from "../../../rehearsal/index.ts";
import type { RecordedResource } from "../../../rehearsal/index.ts";
import { root } from "../../support/kustomize.ts";

import { tektonGiven } from "./tekton-config.ts";

let analyzer: Analyzer;

beforeAll(async () => {
  analyzer = await startAnalyzer({ today: "2026-11-23" });
}, 60_000);

afterAll(() => analyzer.close());

const sources = (environment: string) => tektonGiven.sources.map((source) => ({ ...source, environment }));

async function judged(stack: string, ci: object, by = analyzer) {
  const recording = await record({ stack, project: root, config: { ci } });
  const packConfig = JSON.parse(await readFile(`${root}/policies/config/${stack}.json`, "utf8")) as PackConfig;
  const { violations } = await by.analyze({ recording, packConfig });
  return { resources: recording.resources, violations };
}

const ofType = (resources: readonly RecordedResource[], type: RegExp) =>
  resources.filter((resource) => type.test(resource.type));
const ci = /:(tekton|triggers\.tekton|operator\.tekton)\.dev\/|^gitops:ci:/;

describe("a stack whose CI is in its cluster", () => {
  test.each(["dev", "prod"])(
    "violates no policy in %s with Tekton",
    async (stack) => {
      const { resources, violations } = await judged(stack, { ...tektonGiven, sources: sources(stack) });
      expect(violations).toEqual([]);
      expect(ofType(resources, ci).map(({ name }) => name)).toEqual(
        expect.arrayContaining([
          "tekton",
          "tektonconfig-config",
          "ci-pipeline-release",
          "ci-webhooks-eventlistener-release",
        ]),
      );
    },
    120_000,
  );

  test.each(["dev", "prod"])(
    "violates no policy in %s with Jenkins X, and hands the chart no credential",
    async (stack) => {
      const { resources, violations } = await judged(stack, { kind: "jenkins-x" });
      expect(violations).toEqual([]);
      const [release] = ofType(resources, /helm\.sh\/v3:Release/).filter(({ name }) => name === "jx-git-operator");
      expect(release?.inputs).toMatchObject({
        version: "0.2.4",
        values: { image: { tag: "0.2.4" }, rbac: { cluster: false, strict: true } },
      });
      expect(JSON.stringify(release?.inputs)).not.toMatch(/"(url|username|password|jxBootJobEnvVarSecrets)"/);
    },
    120_000,
  );

  test("needs the waiver of its namespace in prod", async () => {
    const strict = await startAnalyzer({ today: "2027-06-30" });
    try {
      const { violations } = await judged("prod", { ...tektonGiven, sources: sources("prod") }, strict);
      expect(violations).toContainEqual(
        expect.objectContaining({
          policy: "namespace-pod-security",
          level: "mandatory",
          message: expect.stringContaining('enforces "privileged"'),
        }),
      );
    } finally {
      await strict.close();
    }
  }, 120_000);

  test("has nothing of it with GitHub Actions", async () => {
    const recording = await record({ stack: "prod", project: root });
    expect(ofType(recording.resources, ci)).toEqual([]);
    expect(recording.resources.filter(({ name }) => /^(ci|jx|tekton)/.test(name))).toEqual([]);
  }, 60_000);

  test("installs the operator from its registry before its configuration, and that before its kinds", async () => {
    const { resources } = await judged("prod", { ...tektonGiven, sources: sources("prod") });
    const named = (name: string) => resources.find((resource) => resource.name === name);
    expect(named("tekton-operator")?.inputs).toMatchObject({
      chart: "oci://ghcr.io/tektoncd/operator/charts/tekton-operator",
      version: "0.81.1",
    });
    expect(named("tekton-operator")?.inputs).not.toHaveProperty("repositoryOpts");
    const order = ["tekton-operator", "tektonconfig-config", "ci-pipeline-release"].map((name) =>
      resources.findIndex((resource) => resource.name === name),
    );
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect(order).not.toContain(-1);
    expect(named("tektonconfig-config")?.dependencies).toContain(named("tekton-operator")?.urn);
    expect(named("ci-pipeline-release")?.dependencies).toContain(named("tektonconfig-config")?.urn);
  }, 60_000);
});
