import { describe, expect, test } from "@jest/globals";

import { policyNames } from "../../policies/policies.ts";

import { cases, settings } from "./cases.ts";
import { happyPathArgs, urnOf, withChange } from "./happy-path.ts";
import { verdict } from "./verdict.ts";

const context = { today: "2026-11-23" };
const settingsFor = (name: string) => (settings as Readonly<Record<string, object>>)[name] as Record<string, unknown>;

test("every policy is tested", () => {
  expect(policyNames.filter((name) => !cases.some(({ policy }) => policy === name))).toEqual([]);
});

describe.each(policyNames.map((name) => ({ name })))("$name", ({ name }) => {
  test("has nothing against the happy path", () => {
    expect(verdict(name, happyPathArgs(), settingsFor(name), context)).toEqual([]);
  });

  test.each(cases.filter(({ policy }) => policy === name))(
    "refuses $target with $path $value",
    ({ target, path, value, says, blames }) => {
      const found = verdict(name, withChange(target, path, value), settingsFor(name), context);
      expect(found).toContainEqual({ urn: urnOf(blames ?? target), reason: expect.stringContaining(says) });
    },
  );
});

test("a Kubernetes version is refused from the day on which its support ends", () => {
  const older = withChange("eks:index:Cluster::main", "version", "1.35");
  expect(verdict("kubernetes-version", older, {}, { today: "2027-03-26" })).toEqual([]);
  expect(verdict("kubernetes-version", older, {}, { today: "2027-03-27" })).toEqual([
    { urn: urnOf("eks:index:Cluster::main"), reason: expect.stringContaining("ended on 2027-03-27") },
  ]);
});
