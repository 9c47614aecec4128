import { describe, expect, test } from "@jest/globals";

import { canaryHealth, scaledObjectHealth } from "../../../infra/controllers/argocd/health-checks.ts";

import { health } from "./lua.ts";

function canary(phase: string, canaryWeight = 0, message = "") {
  return {
    apiVersion: "flagger.app/v1beta1",
    kind: "Canary",
    metadata: { name: "app", namespace: "dev" },
    status: {
      phase,
      canaryWeight,
      failedChecks: 0,
      iterations: 0,
      lastAppliedSpec: "7d8f5c6b9",
      conditions: [{ type: "Promoted", status: "Unknown", reason: phase, message }],
    },
  };
}

describe("health of a Canary", () => {
  test.each([
    ["Initializing", "Progressing"],
    ["Initialized", "Healthy"],
    ["Waiting", "Suspended"],
    ["Progressing", "Progressing"],
    ["WaitingPromotion", "Suspended"],
    ["Promoting", "Progressing"],
    ["Finalising", "Progressing"],
    ["Succeeded", "Healthy"],
    ["Failed", "Degraded"],
    ["Terminating", "Progressing"],
    ["Terminated", "Progressing"],
  ])("in phase %s is %s", async (phase, status) => {
    expect(await health(canaryHealth, canary(phase))).toEqual({ status, message: phase });
  });

  test("is Unknown in a phase that Flagger does not have", async () => {
    expect(await health(canaryHealth, canary("Dreaming"))).toMatchObject({ status: "Unknown" });
  });

  test("says the weight and Flagger's own words", async () => {
    const { message } = await health(
      canaryHealth,
      canary("Progressing", 40, "New revision detected, starting analysis."),
    );
    expect(message).toBe("Progressing, canary weight 40 %: New revision detected, starting analysis.");
  });

  test.each([
    ["no status", {}],
    ["an empty status", { status: {} }],
    ["an empty phase", { status: { phase: "", canaryWeight: 0 } }],
  ])("with %s waits for Flagger", async (_, object) => {
    expect(await health(canaryHealth, object)).toEqual({ status: "Progressing", message: "waiting for Flagger" });
  });

  test("does not need conditions", async () => {
    const object = { status: { phase: "Succeeded", canaryWeight: 0 } };
    expect(await health(canaryHealth, object)).toEqual({ status: "Healthy", message: "Succeeded" });
  });
});

type State = "True" | "False" | "Unknown";

function scaledObject(ready: State, paused: State = "False", fallback: State = "False") {
  return {
    apiVersion: "keda.sh/v1alpha1",
    kind: "ScaledObject",
    metadata: { name: "app", namespace: "dev", finalizers: ["finalizer.keda.sh"] },
    status: {
      hpaName: "keda-hpa-app",
      originalReplicaCount: 2,
      conditions: [
        { type: "Ready", status: ready, reason: "R", message: ready === "Unknown" ? undefined : `ready is ${ready}` },
        { type: "Active", status: "False", reason: "ScalerNotActive", message: "no trigger is active" },
        { type: "Fallback", status: fallback, reason: "F", message: "a trigger falls back" },
        { type: "Paused", status: paused, reason: "P", message: "ScaledObject is paused" },
      ],
    },
  };
}

describe("health of a ScaledObject", () => {
  test.each([
    ["ready", scaledObject("True"), "Healthy", "ready is True"],
    ["paused", scaledObject("True", "True"), "Healthy", "ScaledObject is paused"],
    ["paused before it was ready", scaledObject("Unknown", "True"), "Healthy", "ScaledObject is paused"],
    ["paused with an old fallback", scaledObject("True", "True", "True"), "Healthy", "ScaledObject is paused"],
    ["on its fallback", scaledObject("True", "False", "True"), "Healthy", "a trigger falls back"],
    ["refused by KEDA", scaledObject("False"), "Degraded", "ready is False"],
    ["refused while paused", scaledObject("False", "True"), "Degraded", "ready is False"],
    ["not judged yet", scaledObject("Unknown"), "Progressing", "waiting for KEDA"],
    ["without status", { kind: "ScaledObject" }, "Progressing", "waiting for KEDA"],
    ["without conditions", { status: { hpaName: "keda-hpa-app" } }, "Progressing", "waiting for KEDA"],
  ])("that is %s", async (_, object, status, message) => {
    expect(await health(scaledObjectHealth, object)).toEqual({ status, message });
  });
});

test("a check that needs a library Argo CD does not open fails", async () => {
  await expect(health(`return { status = string.upper("healthy") }`, {})).rejects.toThrow("string");
});
