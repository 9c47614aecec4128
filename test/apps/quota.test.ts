import { describe, expect, test } from "@jest/globals";
import { quantityToScalar } from "@kubernetes/client-node/dist/util.js";

import { environmentNames, environments } from "../../infra/environments.ts";

import { renderOverlays, workload } from "./overlays.ts";
import type { Overlay } from "./overlays.ts";

const overlays = await renderOverlays();

interface Bounds {
  readonly spec: { readonly minReplicaCount: number; readonly maxReplicaCount: number };
}

/**
 * Pods of an overlay at its busiest: as many of the running version as its scaler may ask for and one more that a
 * rollout adds, and as many of the next as a canary starts with (its lower bound; one without a scaler).
 */
function mostPods(overlay: Overlay): number {
  const scaler = overlay.manifests.find(({ kind }) => kind === "ScaledObject") as unknown as Bounds | undefined;
  return (scaler?.spec.maxReplicaCount ?? 1) + 1 + (scaler?.spec.minReplicaCount ?? 1);
}

describe.each(environmentNames)("the quota of %s", (environment) => {
  const own = overlays.filter((overlay) => overlay.environment === environment);
  const sum = (kind: "requests" | "limits", resource: "cpu" | "memory") =>
    own.reduce((total, overlay) => {
      const amount = workload(overlay).container.resources?.[kind]?.[resource] ?? "0";
      return total + Number(quantityToScalar(amount)) * mostPods(overlay);
    }, 0);

  test.each([
    ["requests", "cpu", "requestsCpu"],
    ["requests", "memory", "requestsMemory"],
    ["limits", "cpu", "limitsCpu"],
    ["limits", "memory", "limitsMemory"],
  ] as const)("has room for %s of %s", (kind, resource, field) => {
    const needed = sum(kind, resource);
    expect(needed).toBeGreaterThan(0);
    expect(needed).toBeLessThanOrEqual(Number(quantityToScalar(environments[environment].quota[field])));
  });

  test("has room for the pods", () => {
    const pods = own.reduce((total, overlay) => total + mostPods(overlay), 0);
    expect(pods).toBeLessThanOrEqual(environments[environment].quota.pods);
  });
});
