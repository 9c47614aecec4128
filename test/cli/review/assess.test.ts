import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { assess } from "../../../cli/review/assess.ts";
import type { Change } from "../../../cli/review/change/change.ts";
import { defaultConfig, reviewSchema } from "../../../cli/review/config.ts";
import { weightNames } from "../../../cli/review/weights.ts";

import { changes, withMore } from "./arbitrary-change.ts";

const nothing: Change = { objects: [], files: [], commits: [], failures: [], violations: [] };
const configs = fc
  .dictionary(fc.constantFrom(...weightNames), fc.double({ min: 0, max: 10, noNaN: true }), { maxKeys: 6 })
  .map((weights) => reviewSchema.parse({ weights }));

describe("risk", () => {
  test("is within 0 and 1 whatever changes, and its parts add up to it", () => {
    fc.assert(
      fc.property(changes, configs, (change, config) => {
        const { risk, parts } = assess(change, config);
        expect(risk).toBeGreaterThanOrEqual(0);
        expect(risk).toBeLessThanOrEqual(1);
        expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(risk, 9);
      }),
      { numRuns: 60 },
    );
  });

  test("is never lowered by something risky that is added, and a rejection stays", () => {
    fc.assert(
      fc.property(withMore, configs, ({ less, more }, config) => {
        const [before, after] = [assess(less, config), assess(more, config)];
        expect(after.risk).toBeGreaterThanOrEqual(before.risk - 1e-12);
        if (!before.approve) expect(after.approve).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  test("of nothing is 0", () => {
    expect(assess(nothing)).toEqual({ approve: true, risk: 0, band: "low", rejections: [], parts: [], comments: [] });
  });
});

describe("verdict", () => {
  const violation = { policy: "p", enforcement: "advisory", message: "m" } as const;

  test("an advisory violation rejects only when any does", () => {
    const change = { ...nothing, violations: [violation] };
    expect(assess(change).approve).toBe(true);
    expect(assess(change, { ...defaultConfig, violations: "any" })).toMatchObject({
      approve: false,
      rejections: ["1 violation of a policy"],
    });
  });

  test("the limit is the configured one, and itself still approved", () => {
    const change = { ...nothing, files: ["policies/cluster/endpoint-closed.ts"] };
    const { risk } = assess(change);
    expect(assess(change, { ...defaultConfig, maxRisk: risk }).approve).toBe(true);
    expect(assess(change, { ...defaultConfig, maxRisk: risk - 0.01 }).approve).toBe(false);
  });

  test("what could not be looked at adds to the risk and is told", () => {
    const { risk, comments } = assess({ ...nothing, gaps: ["kustomize is not installed"] });
    expect(risk).toBeGreaterThan(0);
    expect(comments[0]?.message).toContain("kustomize is not installed");
  });
});
