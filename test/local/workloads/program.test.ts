import { describe, expect, test } from "@jest/globals";

import type { Container, ContainerStatus, Pod } from "../../../local/workloads/cluster/objects.ts";
import { BackOff } from "../../../local/workloads/pods/back-off.ts";
import { foundDead, terminated } from "../../../local/workloads/pods/container-state.ts";
import { isReportedReady, statusPatch } from "../../../local/workloads/pods/pod-status.ts";
import { planProgram, programOf } from "../../../local/workloads/pods/program.ts";

import { pod } from "./objects.ts";

const plan = (container: object) => {
  const of = pod("app-1", {}, container);
  return planProgram(of, of.spec.containers[0] as Container, { env: { HTTP_PROXY: "p" }, args: ["--port=10123"] });
};

describe("the program of a pod", () => {
  test("is there for a container `app` that runs ./podinfo, and for no other", () => {
    expect(programOf(pod("a"))?.name).toBe("app");
    expect(programOf(pod("a", {}, { command: ["sleep"] }))).toBeUndefined();
    expect(programOf(pod("a", {}, { command: undefined }))).toBeUndefined();
    expect(programOf(pod("a", {}, { name: "web" }))).toBeUndefined();
  });

  test("gets the arguments of command and args, variables expanded, and ours last", () => {
    const env = [
      { name: "LEVEL", value: "debug" },
      { name: "POD", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
      { name: "APP", valueFrom: { fieldRef: { fieldPath: "metadata.labels['gitops.platform/application']" } } },
      { name: "SECRET", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
    ];
    const args = ["--level=$(LEVEL)", "--ui-message=$$(LEVEL) $(UNKNOWN)"];
    const { args: got, env: variables } = plan({ command: ["./podinfo", "--h2c"], args, env });
    expect(got).toEqual(["--h2c", "--level=debug", "--ui-message=$(LEVEL) $(UNKNOWN)", "--port=10123"]);
    expect(variables).toEqual({ HTTP_PROXY: "p", LEVEL: "debug", POD: "app-1", APP: "app" });
  });

  test("is probed as the pod says, with Kubernetes' defaults for what it leaves out", () => {
    const { readiness, liveness, preStopSeconds } = plan({
      readinessProbe: { httpGet: { path: "/readyz" }, periodSeconds: 5, failureThreshold: 2 },
      lifecycle: { preStop: { sleep: { seconds: 5 } } },
    });
    expect(readiness).toEqual({
      path: "/readyz",
      initialDelaySeconds: 0,
      periodSeconds: 5,
      timeoutSeconds: 1,
      successThreshold: 1,
      failureThreshold: 2,
    });
    expect([liveness, preStopSeconds]).toEqual([undefined, 5]);
  });
});

describe("the wait before a restart", () => {
  test("is none, then 10 s, doubled up to 5 minutes, and forgotten after 10 minutes of running", () => {
    const waits = new BackOff();
    expect(Array.from({ length: 8 }, () => waits.afterExit(1))).toEqual([0, 10, 20, 40, 80, 160, 300, 300]);
    expect([waits.afterExit(600), waits.afterExit(1)]).toEqual([0, 10]);
  });
});

describe("the status of a pod", () => {
  const at = new Date("2026-01-01T00:00:00Z");
  const running = { running: { startedAt: at.toISOString() } };
  const report = { state: running, lastState: {}, restartCount: 0, pid: 7 };

  test("has Ready and ContainersReady together, and the time of the last change", () => {
    const ready = { type: "Ready", status: "True", lastTransitionTime: "2025-01-01T00:00:00Z" };
    const before: Pod = { ...pod("a"), status: { conditions: [ready] } };
    const patch = statusPatch(before, { ...report, ready: true }, at) as { status: NonNullable<Pod["status"]> };
    const seen = patch.status.conditions?.map(({ type, status, lastTransitionTime }) => [
      type,
      status,
      lastTransitionTime,
    ]);
    expect(seen).toEqual([
      ["Ready", "True", "2025-01-01T00:00:00Z"],
      ["ContainersReady", "True", at.toISOString()],
    ]);
    expect(isReportedReady({ ...before, status: patch.status })).toBe(true);
    expect(isReportedReady(before)).toBe(false);
  });

  test("names the pod that it means, says why it is not ready, and lists containers in the pod's order", () => {
    const app = pod("a");
    const sidecar = { name: "aside", image: "x" };
    const two: Pod = { ...app, spec: { ...app.spec, containers: [sidecar, ...app.spec.containers] } };
    const patch = statusPatch(two, { ...report, ready: false }, at);
    expect(patch).toMatchObject({
      metadata: { uid: "uid-of-a" },
      status: {
        phase: "Running",
        conditions: [
          { type: "Ready", status: "False", message: "containers with unready status: [app]" },
          { type: "ContainersReady", status: "False" },
        ],
        containerStatuses: [
          { name: "aside", ready: true },
          { name: "app", ready: false, containerID: "process://7", restartCount: 0 },
        ],
      },
    });
  });

  test("tells exit codes and signals as a container runtime does", () => {
    const times = { startedAt: at, finishedAt: at };
    expect(terminated({ code: 2, message: "no such flag", ...times }).terminated).toMatchObject({
      exitCode: 2,
      reason: "Error",
      message: "no such flag",
    });
    expect(terminated({ code: undefined, signal: "SIGKILL", message: "", ...times }).terminated?.exitCode).toBe(137);
    expect(terminated({ code: 0, message: "bye", ...times }).terminated).toMatchObject({
      exitCode: 0,
      reason: "Completed",
    });
  });

  test("counts a container that is found dead as restarted once", () => {
    const earlier = { state: running, lastState: {}, restartCount: 3, containerID: "process://7" } as ContainerStatus;
    expect(foundDead(earlier)).toMatchObject({
      restartCount: 4,
      lastState: { terminated: { exitCode: 255, reason: "Unknown", containerID: "process://7" } },
    });
    const waiting = { ...earlier, state: { waiting: { reason: "ContainerCreating" } } };
    expect(foundDead(waiting)).toEqual({ restartCount: 3, lastState: {} });
    const looping = { ...earlier, state: { waiting: { reason: "CrashLoopBackOff" } } };
    expect(foundDead(looping)).toEqual({ restartCount: 4, lastState: {} });
    expect(foundDead(undefined)).toEqual({ restartCount: 0, lastState: {} });
  });
});
