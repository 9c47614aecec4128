import { describe, expect, test } from "@jest/globals";

import { namespaces } from "../../infra/controllers/namespaces.ts";
import { prometheusName } from "../../infra/controllers/prometheus-values.ts";

import { applications, only, renderOverlays } from "./overlays.ts";

interface ScaledObject {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly scaleTargetRef: { readonly kind: string; readonly name: string };
    readonly minReplicaCount: number;
    readonly maxReplicaCount: number;
    readonly fallback: { readonly failureThreshold: number; readonly replicas: number };
    readonly advanced: { readonly horizontalPodAutoscalerConfig: { readonly behavior: object } };
    readonly triggers: readonly {
      readonly name: string;
      readonly type: string;
      readonly metadata: Readonly<Record<string, string>>;
    }[];
  };
}

interface Canary {
  readonly spec: {
    readonly autoscalerRef?: {
      readonly apiVersion: string;
      readonly kind: string;
      readonly name: string;
      readonly primaryScalerQueries: Readonly<Record<string, string>>;
    };
  };
}

const overlays = await renderOverlays();
const scaled = overlays
  .filter(({ manifests }) => manifests.some(({ kind }) => kind === "ScaledObject"))
  .map((overlay) => ({
    ...overlay,
    object: only<ScaledObject>(overlay, "ScaledObject").spec,
    canary: only<Canary>(overlay, "Canary").spec,
  }));

const bounds: Readonly<Record<string, readonly [min: number, max: number, fallback: number]>> = {
  "app dev": [1, 4, 2],
  "app staging": [2, 4, 3],
  "app prod": [3, 12, 6],
  "core-trading prod": [2, 6, 4],
  "risk-control dev": [1, 4, 4],
  "risk-control staging": [2, 3, 3],
  "risk-control prod": [3, 12, 12],
};

/** Whether Prometheus takes a pod for one of those that a query asks for; its regular expressions are anchored. */
function selects(query: string, namespace: string, pod: string): boolean {
  const [, asked, pods] =
    /^sum\(rate\(http_requests_total\{kubernetes_namespace="([^"]*)",kubernetes_pod_name=~`([^`]*)`\}\[2m\]\)\)$/.exec(
      query,
    ) ?? [];
  if (asked === undefined || pods === undefined) throw new Error(`not the query of this platform: ${query}`);
  return asked === namespace && new RegExp(`^(?:${pods})$`).test(pod);
}

test("app and risk-control are scaled everywhere, core-trading in prod, and what is scaled has these bounds", () => {
  expect(
    Object.fromEntries(
      scaled.map(({ application, environment, object }) => [
        `${application} ${environment}`,
        [object.minReplicaCount, object.maxReplicaCount, object.fallback.replicas],
      ]),
    ),
  ).toEqual(bounds);
});

describe.each(scaled)("$path", ({ application, environment, object, canary }) => {
  const [trigger, ...others] = object.triggers;
  const query = trigger?.metadata["query"] ?? "";
  const primary = canary.autoscalerRef?.primaryScalerQueries[trigger?.name ?? ""] ?? "";

  test("scales its own Deployment, one pod for 100 requests a second", () => {
    expect(object.scaleTargetRef).toMatchObject({ kind: "Deployment", name: application });
    expect(others).toEqual([]);
    expect(trigger).toMatchObject({
      type: "prometheus",
      metadata: { serverAddress: `http://${prometheusName}.${namespaces.prometheus}.svc`, threshold: "100" },
    });
    expect(trigger?.metadata).not.toHaveProperty("metricName");
  });

  test("counts the requests of its own pods, and the primary those of the primary", () => {
    const pod = `${application}-6d4cf56db6-x2x9z`;
    const ofPrimary = `${application}-primary-7b9f5c5d8-abcde`;
    expect([selects(query, environment, pod), selects(query, environment, ofPrimary)]).toEqual([true, false]);
    expect([selects(primary, environment, pod), selects(primary, environment, ofPrimary)]).toEqual([false, true]);
    const strangers = applications.filter((name) => name !== application);
    for (const name of [...strangers, `my-${application}`, `${application}2`]) {
      for (const stranger of [`${name}-6d4cf56db6-x2x9z`, `${name}-primary-7b9f5c5d8-abcde`]) {
        expect([stranger, selects(query, environment, stranger)]).toEqual([stranger, false]);
        expect([stranger, selects(primary, environment, stranger)]).toEqual([stranger, false]);
      }
    }
    for (const other of ["dev", "staging", "prod"].filter((name) => name !== environment)) {
      expect([selects(query, other, pod), selects(primary, other, ofPrimary)]).toEqual([false, false]);
    }
  });

  test("is handed over to Flagger, by the name of the trigger", () => {
    expect(canary.autoscalerRef).toEqual({
      apiVersion: "keda.sh/v1alpha1",
      kind: "ScaledObject",
      name: application,
      primaryScalerQueries: { [trigger?.name ?? ""]: expect.any(String) },
    });
  });

  test("holds its fallback when Prometheus knows nothing, and goes out faster than in", () => {
    expect(trigger?.metadata["ignoreNullValues"]).toBe("false");
    expect(object.fallback.failureThreshold).toBe(3);
    expect(object.advanced.horizontalPodAutoscalerConfig.behavior).toMatchObject({
      scaleUp: { stabilizationWindowSeconds: 0 },
      scaleDown: { stabilizationWindowSeconds: 300 },
    });
  });
});
