import { describe, expect, test } from "@jest/globals";

import { defaultConfig } from "../../../cli/review/config.ts";
import { configAt, configFrom, parseConfig } from "../../../cli/review/read-config.ts";

import { makeRepository } from "./repository.ts";

const { signal } = new AbortController();

describe("settings", () => {
  test("are the project's rule without a file", () => {
    expect(parseConfig("", "file")).toEqual(defaultConfig);
    expect(defaultConfig).toMatchObject({ maxRisk: 0.8, violations: "mandatory", weights: {} });
  });

  test("take weights by name", () => {
    expect(parseConfig("weights: { kind.rbac: 0.9 }", "file").weights).toEqual({ "kind.rbac": 0.9 });
  });

  test.each([
    ["maxRisk: 2", /gitops-review\.yaml: maxRisk: .*<=1/],
    ["maxrisk: 0.5", /Unrecognized key: "maxrisk"/],
    ["weights: { kind.rback: 1 }", /weights/],
    ["weights: { kind.rbac: -1 }", /weights\.kind\.rbac: .*>=0/],
    ["maxRisk: [", /is no YAML/],
  ])("%s is refused", (text, message) => {
    expect(() => parseConfig(text, "gitops-review.yaml")).toThrow(message);
  });

  test("of the base revision hold, so that a change cannot move its own limits", async () => {
    const repository = await makeRepository();
    try {
      await repository.commit({ message: "a", files: { "Pulumi.yaml": "name: a" } });
      await repository.commit({ message: "b", files: { "gitops-review.yaml": "maxRisk: 0.5" } });
      await repository.commit({ message: "c", files: { "gitops-review.yaml": "maxRisk: 1" } });
      const { directory } = repository;
      expect((await configAt(directory, "HEAD~2", signal)).maxRisk).toBe(0.8);
      expect((await configAt(directory, "HEAD~1", signal)).maxRisk).toBe(0.5);
    } finally {
      await repository.remove();
    }
  });

  test("of a file that is not there are an error that names it", async () => {
    await expect(configFrom("no/such.yaml")).rejects.toThrow('--config "no/such.yaml": cannot be read');
  });
});
