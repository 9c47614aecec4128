import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { afterAll, describe, expect, test } from "@jest/globals";
import type { V1Deployment, V1Ingress } from "@kubernetes/client-node";
import { execa } from "execa";

import { namespaces } from "../../infra/controllers/namespaces.ts";

import { only, renderOverlays } from "./overlays.ts";

interface Webhook {
  readonly name: string;
  readonly type: string;
  readonly url: string;
  readonly metadata?: { readonly type: string; readonly cmd: string };
}

interface Canary {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly provider: string;
    readonly targetRef: { readonly kind: string; readonly name: string };
    readonly progressDeadlineSeconds: number;
    readonly skipAnalysis?: boolean;
    readonly service: {
      readonly port: number;
      readonly portName: string;
      readonly targetPort: string;
      readonly hosts?: readonly string[];
      readonly gatewayRefs?: readonly { readonly name: string; readonly namespace: string }[];
    };
    readonly analysis: {
      readonly interval: string;
      readonly threshold: number;
      readonly iterations?: number;
      readonly stepWeight?: number;
      readonly maxWeight?: number;
      readonly match?: unknown;
      readonly metrics: readonly object[];
      readonly webhooks: readonly Webhook[];
      readonly alerts: readonly { readonly providerRef: { readonly name: string; readonly namespace?: string } }[];
    };
  };
}

const overlays = (await renderOverlays()).map((overlay) => ({ ...overlay, canary: only<Canary>(overlay, "Canary") }));

const strategies: Readonly<Record<string, string>> = {
  "app": "weighted",
  "core-trading": "blue-green",
  "reporting": "ab-test",
  "reporting dev": "blue-green",
  "risk-control": "blue-green",
};

/** What Flagger makes of a Canary (fluxcd/flagger, pkg/controller/scheduler.go, the end of `advanceCanary`). */
function strategyOf({ spec }: Canary): string {
  const { iterations, stepWeight, maxWeight, match } = spec.analysis;
  if (spec.provider === "kubernetes" && iterations !== undefined && match === undefined) return "blue-green";
  if (spec.provider !== "gatewayapi:v1") return `nothing that ${spec.provider} can do`;
  if (match !== undefined && iterations !== undefined) return "ab-test";
  return stepWeight !== undefined && maxWeight !== undefined && iterations === undefined ? "weighted" : "none";
}

const bin = mkdtempSync(join(tmpdir(), "tester-"));
for (const program of ["hey", "curl"]) {
  writeFileSync(join(bin, program), '#!/bin/sh\nfor last; do :; done; echo "$last"\n');
  chmodSync(join(bin, program), 0o755);
}
afterAll(() => rmSync(bin, { recursive: true }));

describe.each(overlays)("$path", ({ application, environment, canary, ...overlay }) => {
  const { spec } = canary;
  const hook = (type: string) => spec.analysis.webhooks.filter((webhook) => webhook.type === type);

  test("is released by its strategy", () => {
    expect(strategyOf(canary)).toBe(strategies[`${application} ${environment}`] ?? strategies[application]);
  });

  test("releases its own Deployment, whose pods have as long to become ready as there", () => {
    expect(spec.targetRef).toMatchObject({ kind: "Deployment", name: application });
    const deployment = only<V1Deployment>(overlay, "Deployment");
    expect(deployment.metadata?.name).toBe(application);
    expect(spec.progressDeadlineSeconds).toBe(deployment.spec?.progressDeadlineSeconds);
  });

  test("is analysed every minute, by errors and latency, and given up after five failed checks", () => {
    expect(spec.skipAnalysis).toBeUndefined();
    expect(spec.analysis).toMatchObject({
      interval: "1m",
      threshold: 5,
      metrics: [
        { name: "request-success-rate", thresholdRange: { min: 99 }, interval: "30s" },
        { name: "request-duration", thresholdRange: { max: 500 }, interval: "30s" },
      ],
    });
  });

  test("is reachable under its own name on port 9898, where the Ingress looks for it", () => {
    expect(spec.service).toMatchObject({ port: 9898, portName: "http", targetPort: "http" });
    const ingress = only<V1Ingress>(overlay, "Ingress");
    expect(ingress.spec?.rules?.[0]?.http?.paths[0]?.backend.service).toEqual({
      name: application,
      port: { name: spec.service.portName },
    });
  });

  test("takes the hosts of its Ingress at the Gateway, and no others", () => {
    const hosts = only<V1Ingress>(overlay, "Ingress").spec?.rules?.map(({ host }) => host);
    const gateway = spec.provider === "gatewayapi:v1";
    expect(spec.service.hosts).toEqual(gateway ? hosts : undefined);
    expect(spec.service.gatewayRefs).toEqual(gateway ? [{ name: "platform", namespace: "ingress" }] : undefined);
  });

  test.each([
    ["pre-rollout", "bash", "/version"],
    ["rollout", "cmd", "/"],
  ])("sends its %s test to the new version of this application alone", async (type, shell, path) => {
    const [webhook, ...others] = hook(type);
    expect(others).toEqual([]);
    expect(webhook?.url).toBe(`http://flagger-loadtester.${namespaces.flagger}/`);
    expect(webhook?.metadata?.type).toBe(shell);
    // As the load tester runs it (pkg/loadtester/bash.go, task_shell.go), with programs that say where they would go.
    const { stdout } = await execa(shell === "bash" ? "bash" : "sh", ["-c", webhook?.metadata?.cmd ?? ""], {
      env: { PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}` },
    });
    expect(stdout).toBe(`http://${application}-canary.${environment}.svc:9898${path}`);
  });

  test("waits for a person before the promotion in prod of core-trading alone, and closes the gate behind it", () => {
    const gated = application === "core-trading" && environment === "prod";
    const gate = `http://flagger-loadtester.${namespaces.flagger}/gate`;
    expect(hook("confirm-promotion").map(({ url }) => url)).toEqual(gated ? [`${gate}/check`] : []);
    expect(hook("post-rollout").map(({ url }) => url)).toEqual(gated ? [`${gate}/close`] : []);
  });

  test("tells the AlertProvider of its namespace, and says so: Flagger refuses a Canary that does not", () => {
    const refs = spec.analysis.alerts.map(({ providerRef }) => providerRef);
    expect(refs).toEqual([{ name: "platform", namespace: environment }]);
  });
});
