import type { RestClient } from "../../local/kubernetes/rest-client.ts";
import { addPatch } from "../git/overlay.ts";
import { follow } from "../observe/follow.ts";
import { release } from "../release.ts";
import { environment } from "../setting.ts";
import type { Setting } from "../setting.ts";
import { quicken } from "../tempo.ts";

import type { Scene } from "./scene.ts";

const stage = { namespace: environment.namespace, name: "app" };

/** Requests a second: what one pod is for, and what the users send at the height of it. */
const scale = { threshold: 10, rush: 60 } as const;

interface Autoscaler {
  readonly spec: { readonly maxReplicas: number; readonly metrics: readonly unknown[] };
  readonly status?: {
    readonly currentReplicas?: number;
    readonly desiredReplicas: number;
    readonly currentMetrics?: readonly {
      readonly external?: { readonly current?: { readonly averageValue?: string } };
    }[];
  };
}

/** KEDA's HorizontalPodAutoscaler of the pods that users are on. */
function readAutoscaler(client: RestClient): Promise<Autoscaler> {
  const path = `/apis/autoscaling/v2/namespaces/${stage.namespace}/horizontalpodautoscalers`;
  return client.get<Autoscaler>(`${path}/keda-hpa-${stage.name}-primary`);
}

export const autoscaling: Scene = {
  name: "autoscaling",
  title: "Traffic rises and KEDA scales out; it falls and KEDA scales in",
  stage,
  play: async (setting) => {
    const { client, tell, workloads, signal } = setting;
    await quicken(setting, stage);
    tell.act(`one pod for every ${scale.threshold} requests a second instead of 100, and no lull before scaling in`);
    // With a release: Flagger brings new rules of scaling to the pods that users are on when it promotes.
    const { canary } = await release(setting, {
      stage,
      message: `Demo: one pod of app for every ${scale.threshold} requests a second`,
      change: (document) => {
        document.setIn(["images", 0, "newTag"], "6.14.3");
        addPatch(document, "ScaledObject", [
          { op: "replace", path: "/spec/triggers/0/metadata/threshold", value: `${scale.threshold}` },
          { op: "replace", path: `${behavior}/scaleDown/stabilizationWindowSeconds`, value: 0 },
          { op: "replace", path: `${behavior}/scaleDown/policies/0/periodSeconds`, value: 15 },
        ]);
      },
    });
    if (canary.status?.phase !== "Succeeded") throw new Error(`the release ended as ${canary.status?.phase}`);
    await follow(
      () => readAutoscaler(client),
      ({ spec }) => JSON.stringify(spec.metrics).includes(`"averageValue":"${scale.threshold}"`),
      { what: "the autoscaler with its new threshold", seconds: 180, signal },
    );
    const rate = (await workloads.traffic()).applications.find(isStage)?.rate;
    if (rate === undefined) throw new Error(`nobody sends traffic to ${stage.namespace}/${stage.name}`);
    try {
      tell.act(`the users send ${scale.rush} requests a second instead of ${rate}`);
      await workloads.setRate(stage.namespace, stage.name, scale.rush);
      await scaled(setting, "scaled out", (now, { maxReplicas }) => now === maxReplicas);
    } finally {
      await workloads.setRate(stage.namespace, stage.name, rate);
    }
    tell.act(`the users send ${rate} requests a second again`);
    await scaled(setting, "scaled in", (now) => now === 1);
    tell.result(`from 1 pod out and back in, as the requests had it`);
  },
};

const behavior = "/spec/advanced/horizontalPodAutoscalerConfig/behavior";

const isStage = (one: { readonly namespace: string; readonly application: string }): boolean =>
  one.namespace === stage.namespace && one.application === stage.name;

/** Follows the autoscaler until as many pods as wanted are there; tells each number that it decides on. */
async function scaled(
  { client, tell, signal }: Setting,
  what: string,
  wanted: (replicas: number, spec: Autoscaler["spec"]) => boolean,
): Promise<void> {
  let shown = "";
  await follow(
    () => readAutoscaler(client),
    ({ spec, status }) => {
      const each = status?.currentMetrics?.[0]?.external?.current?.averageValue ?? "no metric";
      const now = status?.currentReplicas ?? 0;
      const line = `${now} pods, ${status?.desiredReplicas ?? 0} wanted`;
      if (line !== shown) tell.hear("keda", `${line}; ${perSecond(each)} requests a second and pod`);
      shown = line;
      return wanted(now, spec);
    },
    { what, seconds: 420, signal },
  );
}

/** A Kubernetes quantity such as `17350m`. */
function perSecond(quantity: string): string {
  const value = quantity.endsWith("m") ? Number(quantity.slice(0, -1)) / 1000 : Number(quantity);
  return Number.isNaN(value) ? quantity : value.toFixed(1);
}
