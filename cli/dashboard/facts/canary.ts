import type { Canary } from "../../cluster/workloads.ts";
import type { CanaryProgress } from "../model.ts";

/** A Canary with its analysis (fluxcd/flagger v1.36.1, pkg/apis/flagger/v1beta1/canary.go, CanaryAnalysis). */
export interface AnalysedCanary extends Canary {
  readonly spec?: {
    readonly analysis?: {
      readonly interval?: string;
      readonly iterations?: number;
      readonly maxWeight?: number;
      readonly stepWeight?: number;
      readonly stepWeights?: readonly number[];
      readonly threshold?: number;
      readonly metrics?: readonly { readonly name: string }[];
    };
  };
}

/** Phases without a release on its way (CanaryPhase, pkg/apis/flagger/v1beta1/status.go). */
const resting = ["", "Initialized", "Succeeded", "Failed", "Terminating", "Terminated"];
/** Phases after the last check. */
const analysed = ["WaitingPromotion", "Promoting", "Finalising"];

/** How far the analysis of a release is. */
export function canaryProgress({ spec, status }: AnalysedCanary): CanaryProgress {
  const { interval = "1m", iterations = 0, maxWeight = 0, stepWeight, stepWeights, ...rest } = spec?.analysis ?? {};
  const { phase = "", canaryWeight = 0, failedChecks = 0, iterations: done = 0 } = status ?? {};
  const active = !resting.includes(phase);
  // As Flagger takes it (pkg/controller/scheduler.go, maxWeight); what is 0 counts as left out.
  const last = stepWeights?.at(-1) ?? (maxWeight > 0 ? maxWeight : 100);
  const weighted = iterations === 0;
  const share = weighted ? canaryWeight / last : done / iterations;
  return {
    phase: phase === "" ? "not begun" : phase,
    active,
    kind: weighted ? "weighted" : "iterations",
    weight: canaryWeight,
    maxWeight: weighted ? last : null,
    stepWeight: weighted && stepWeights === undefined ? (stepWeight ?? null) : null,
    iteration: weighted ? null : done,
    iterations: weighted ? null : iterations,
    fraction: active && !analysed.includes(phase) ? Math.min(1, Math.max(0, share)) : 1,
    failedChecks,
    // GetAnalysisThreshold in canary.go.
    threshold: Math.max(1, rest.threshold ?? 1),
    interval,
    metrics: (rest.metrics ?? []).map(({ name }) => name),
    message: status?.conditions?.[0]?.message ?? "",
    since: status?.lastTransitionTime ?? null,
  };
}
