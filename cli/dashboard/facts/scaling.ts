import type { Scaling, ScalingTrigger } from "../model.ts";

import type { Listed } from "./lists.ts";

/** A ScaledObject, as far as it is read (kedacore/keda v2.20.2, apis/keda/v1alpha1/scaledobject_types.go). */
export interface ScaledObject extends Listed {
  readonly spec: {
    readonly minReplicaCount?: number;
    readonly maxReplicaCount?: number;
    readonly triggers: readonly { readonly type: string; readonly name?: string }[];
  };
  readonly status?: {
    readonly hpaName?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
  };
}

interface MetricValue {
  readonly averageValue?: string;
  readonly value?: string;
  /** Percent of what the pods request. */
  readonly averageUtilization?: number;
}

/** A metric, with `target` in the specification and `current` in the status. */
interface Metric {
  readonly external?: { readonly metric: { readonly name: string } } & Measured;
  readonly resource?: { readonly name: string } & Measured;
}

interface Measured {
  readonly target?: MetricValue;
  readonly current?: MetricValue;
}

/** A HorizontalPodAutoscaler, as far as it is read (Kubernetes API autoscaling/v2). */
export interface Autoscaler extends Listed {
  readonly spec: { readonly metrics?: readonly Metric[] };
  readonly status?: {
    readonly currentReplicas?: number;
    readonly desiredReplicas?: number;
    readonly currentMetrics?: readonly Metric[];
  };
}

/**
 * What scales the pods that serve users: Flagger's copy `<name>-primary` where there is one.
 * @param scaledObjects and autoscalers of its namespace
 */
export function scalingOf(
  name: string,
  scaledObjects: readonly ScaledObject[],
  autoscalers: readonly Autoscaler[],
): Scaling | null {
  const called = (wanted: string) => scaledObjects.find(({ metadata }) => metadata.name === wanted);
  const scaled = called(`${name}-primary`) ?? called(name);
  if (scaled === undefined) return null;
  const { spec, status } = scaled;
  const autoscaler = autoscalers.find(({ metadata }) => metadata.name === status?.hpaName);
  const condition = (type: string) => status?.conditions?.find((one) => one.type === type);
  const holds = (type: string): boolean => condition(type)?.status === "True";
  return {
    // Defaults of KEDA: 0 pods at least (minReplicaCount), 100 at most (defaultHPAMaxReplicas).
    minimum: spec.minReplicaCount ?? 0,
    maximum: spec.maxReplicaCount ?? 100,
    current: autoscaler?.status?.currentReplicas ?? null,
    desired: autoscaler?.status?.desiredReplicas ?? null,
    active: holds("Active"),
    paused: holds("Paused"),
    fallback: holds("Fallback"),
    triggers: spec.triggers.map((trigger, index) => triggerOf(trigger, index, autoscaler)),
    message: holds("Ready") ? "" : (condition("Ready")?.message ?? ""),
  };
}

function triggerOf(
  { type, name = type }: ScaledObject["spec"]["triggers"][number],
  index: number,
  autoscaler: Autoscaler | undefined,
): ScalingTrigger {
  // KEDA numbers external metrics by their trigger (pkg/scalers/scaler.go, GenerateMetricNameWithIndex).
  const belongs = ({ external, resource }: Metric): boolean =>
    external?.metric.name.startsWith(`s${index}-`) === true || resource?.name === type;
  const wanted = autoscaler?.spec.metrics?.find(belongs);
  const measured = autoscaler?.status?.currentMetrics?.find(belongs);
  return {
    type,
    name,
    current: quantity((measured?.external ?? measured?.resource)?.current),
    target: quantity((wanted?.external ?? wanted?.resource)?.target),
  };
}

function quantity(value: MetricValue | undefined): string | null {
  if (value?.averageUtilization !== undefined) return `${value.averageUtilization}%`;
  return value?.averageValue ?? value?.value ?? null;
}
