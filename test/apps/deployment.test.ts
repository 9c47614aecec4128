import { describe, expect, test } from "@jest/globals";

import { renderOverlays, workload } from "./overlays.ts";

const overlays = (await renderOverlays()).map((overlay) => ({ ...overlay, ...workload(overlay) }));

/** Those of Flagger's default `-selector-labels`. */
const selectorLabels = ["app", "name", "app.kubernetes.io/name"];

describe.each(overlays)("$path", ({ application, deployment, pod, container }) => {
  test("selects by one label that Flagger accepts, and its pods bear it", () => {
    const selector = deployment.spec?.selector.matchLabels ?? {};
    expect(Object.keys(selector)).toHaveLength(1);
    expect(selectorLabels).toContain(Object.keys(selector)[0]);
    expect(Object.values(selector)).toEqual([application]);
    expect(deployment.spec?.template.metadata?.labels).toMatchObject(selector);
  });

  test("runs an exact version of podinfo on port 9898", () => {
    expect(container.image).toMatch(/^ghcr\.io\/stefanprodan\/podinfo:\d+\.\d+\.\d+$/);
    expect(container.command).toEqual(["./podinfo"]);
    expect(container.args).toContain("--port=9898");
    expect(container.ports).toEqual([{ name: "http", containerPort: 9898, protocol: "TCP" }]);
  });

  test("ships no fault injection", () => {
    for (const argument of container.args ?? []) expect(argument).not.toMatch(/^--(random-|unhealthy|unready|stress-)/);
  });

  test("states requests and limits for CPU and memory", () => {
    const quantity = expect.stringMatching(/^\d+(m|Mi|Gi)?$/);
    const both = { cpu: quantity, memory: quantity };
    expect(container.resources).toEqual({ requests: both, limits: both });
  });

  test("is probed for life and readiness on its own port", () => {
    expect(container.livenessProbe?.httpGet).toEqual({ path: "/healthz", port: "http" });
    expect(container.readinessProbe?.httpGet).toEqual({ path: "/readyz", port: "http" });
  });

  test("meets the restricted pod security standard", () => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
    expect(pod.securityContext?.runAsUser).toBeGreaterThan(0);
    expect(container.securityContext).toEqual({
      runAsNonRoot: true,
      privileged: false,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(pod.volumes?.map(({ name: _, ...source }) => Object.keys(source))).toEqual([["emptyDir"]]);
    expect(pod.initContainers).toBeUndefined();
  });

  test("has a service account of its own, and no token", () => {
    expect(pod.serviceAccountName).toBe(application);
    expect(pod.automountServiceAccountToken).toBe(false);
  });

  test("prefers different zones and nodes for the pods of one revision, and starts without them", () => {
    const spread = pod.topologySpreadConstraints ?? [];
    expect(spread.map(({ topologyKey }) => topologyKey)).toEqual([
      "topology.kubernetes.io/zone",
      "kubernetes.io/hostname",
    ]);
    for (const constraint of spread) {
      expect(constraint.whenUnsatisfiable).toBe("ScheduleAnyway");
      expect(constraint.matchLabelKeys).toEqual(["pod-template-hash"]);
      expect(deployment.spec?.template.metadata?.labels).toMatchObject(constraint.labelSelector?.matchLabels ?? {});
    }
  });

  test("never has fewer pods during a rollout, and counts a ready pod at once", () => {
    expect(deployment.spec?.strategy).toEqual({
      type: "RollingUpdate",
      rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
    });
    expect(deployment.spec?.minReadySeconds).toBeUndefined();
  });

  test("ends within its grace period", () => {
    const shutdown = container.args?.find((argument) => argument.startsWith("--server-shutdown-timeout="));
    // podinfo's own default is 5 s (cmd/podinfo/main.go).
    const seconds = Number(/=(\d+)s$/.exec(shutdown ?? "=5s")?.[1]);
    const [program, argument] = container.lifecycle?.preStop?.exec?.command ?? [];
    expect(program).toBe("sleep");
    const preStop = Number(argument);
    expect(preStop).toBeGreaterThan(0);
    expect(preStop + seconds).toBeLessThan(pod.terminationGracePeriodSeconds ?? 0);
  });

  test("tells Prometheus where its metrics are", () => {
    expect(deployment.spec?.template.metadata?.annotations).toMatchObject({
      "prometheus.io/scrape": "true",
      "prometheus.io/port": "9898",
      "prometheus.io/path": "/metrics",
    });
  });
});
