import { describe, expect, test } from "@jest/globals";
import { quantityToScalar } from "@kubernetes/client-node/dist/util.js";

import { environmentNames, environments } from "../../infra/environments.ts";

import { renderOverlays, workload } from "./overlays.ts";

const overlays = await renderOverlays();

/** Two pods of the running version and two of the next, as while a canary of every application is analysed at once. */
const podsPerApplication = 4;

describe.each(environmentNames)("the quota of %s", (environment) => {
  const resources = overlays
    .filter((overlay) => overlay.environment === environment)
    .map((overlay) => workload(overlay).container.resources);
  const sum = (kind: "requests" | "limits", resource: "cpu" | "memory") =>
    resources.reduce(
      (total, { [kind]: amounts } = {}) => total + Number(quantityToScalar(amounts?.[resource] ?? "0")),
      0,
    );

  test.each([
    ["requests", "cpu", "requestsCpu"],
    ["requests", "memory", "requestsMemory"],
    ["limits", "cpu", "limitsCpu"],
    ["limits", "memory", "limitsMemory"],
  ] as const)("has room for %s of %s", (kind, resource, field) => {
    const needed = sum(kind, resource) * podsPerApplication;
    expect(needed).toBeGreaterThan(0);
    expect(needed).toBeLessThanOrEqual(Number(quantityToScalar(environments[environment].quota[field])));
  });

  test("has room for the pods", () => {
    expect(resources.length * podsPerApplication).toBeLessThanOrEqual(environments[environment].quota.pods);
  });
});
