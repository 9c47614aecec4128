import { describe, expect, jest, test } from "@jest/globals";
import fc from "fast-check";

import { parseConfig } from "../../../infra/config/index.ts";

import { asGiven, happyPath } from "./happy-path.ts";

const keys = Object.keys(happyPath);

function check(values: Readonly<Record<string, string>>): void {
  const result = parseConfig(values);
  if ("config" in result) return;
  const [heading, ...problems] = result.error.split("\n  ");
  expect(heading).toBe(`the stack's configuration has ${problems.length} problem${problems.length === 1 ? "" : "s"}:`);
}

/** Changes one value somewhere in a JSON tree. */
function replacedAt(value: unknown, steps: readonly number[], replacement: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || typeof value !== "object" || value === null) return replacement;
  if (Array.isArray(value)) {
    return value.length === 0
      ? [replacement]
      : value.map((item: unknown, index) =>
          index === step % value.length ? replacedAt(item, rest, replacement) : item,
        );
  }
  const names = Object.keys(value);
  const name = names[step % Math.max(names.length, 1)];
  if (name === undefined) return replacement;
  return { ...value, [name]: replacedAt((value as Record<string, unknown>)[name], rest, replacement) };
}

const rich = {
  ...happyPath,
  environments: ["dev", "prod"],
  cluster: {
    ...(happyPath["cluster"] as object),
    subnets: { public: ["10.0.0.0/24", "10.0.1.0/24"], private: ["10.0.16.0/20", "10.0.32.0/20"] },
    nodeGroups: [
      { name: "main", instanceTypes: ["m6i.large"], minSize: 1, desiredSize: 1, maxSize: 2, labels: { a: "b" } },
      { name: "spot", taints: [{ key: "spot", value: "yes", effect: "NoSchedule" }] },
    ],
    access: { viewer: ["arn:aws:iam::111122223333:role/viewer"], deployer: [], admin: [] },
  },
  argocd: { host: "argocd.example.com", ingress: { className: "nginx", annotations: { "a/b": "c" } } },
  certManager: { issuer: "letsencrypt", email: "ops@example.com", ingressClass: "nginx" },
  prometheus: { storage: "20Gi", address: "http://prometheus" },
  applications: [
    { name: "app", environments: ["dev"], sync: { dev: { kind: "manual" } } },
    {
      name: "core-trading",
      sync: {
        prod: { kind: "windows", windows: [{ kind: "allow", schedule: "* * * * *", duration: "1h", timeZone: "UTC" }] },
      },
    },
  ],
  delivery: { dev: { namespace: "dev", branch: "main" }, prod: { sync: "manual" } },
  groups: { viewer: ["a"], deployer: ["b"], admin: ["c"] },
  tags: { owner: "team-a" },
};

// Milliseconds; generated values take seconds on a busy machine.
jest.setTimeout(60_000);

describe("parseConfig", () => {
  test("takes the rich configuration as it is", () => {
    expect(parseConfig(asGiven(rich))).toHaveProperty("config");
  });

  test("never throws, whatever the values are", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...keys, "surprise", "__proto__"), fc.oneof(fc.json(), fc.string())),
        check,
      ),
    );
  });

  test("never throws, whatever one value in a right configuration is changed to", () => {
    const changes = fc.tuple(fc.array(fc.nat(20), { minLength: 1, maxLength: 7 }), fc.jsonValue());
    fc.assert(
      fc.property(changes, ([steps, replacement]) => {
        check(asGiven(replacedAt(rich, steps, replacement) as Record<string, unknown>));
      }),
      { numRuns: 500 },
    );
  });

  test("gives what it was given, and defaults beside it", () => {
    const result = parseConfig(asGiven(rich));
    expect("config" in result && result.config).toMatchObject(rich);
  });
});
