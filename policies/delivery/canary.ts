import { pci } from "../model/framework.ts";
import { isKind, spec } from "../model/kubernetes-object.ts";
import { objectPolicy } from "../model/object-policy.ts";
import { fields, list, number, quote, text } from "../model/values.ts";
import type { Fields } from "../model/values.ts";

interface Settings {
  readonly maxThreshold: number;
  readonly maxWeight: number;
  readonly maxStep: number;
  readonly minIterations: number;
  readonly minSuccessRate: number;
}

/** Fields: fluxcd/flagger, pkg/apis/flagger/v1beta1/canary.go; it takes 10 s for a shorter interval. */
export const canaryThresholds = objectPolicy<Settings>({
  name: "canary-thresholds",
  description: "A canary is analysed: in small steps, by metrics with a range, and given up after a few failures.",
  severity: "high",
  remediation:
    "set analysis.interval, threshold, metrics with thresholdRange, and iterations or stepWeight and maxWeight",
  references: [pci("6.5.1")],
  settings: {
    maxThreshold: { type: "integer", default: 10, minimum: 1, description: "Most failed checks before a rollback." },
    maxWeight: { type: "integer", default: 50, minimum: 1, maximum: 100, description: "Most traffic, in percent." },
    maxStep: { type: "integer", default: 20, minimum: 1, maximum: 100, description: "Largest step, in percent." },
    minIterations: { type: "integer", default: 3, minimum: 1, description: "Fewest checks of a blue/green release." },
    minSuccessRate: {
      type: "number",
      default: 90,
      minimum: 0,
      maximum: 100,
      description: "Lowest success rate, in percent.",
    },
  },
  judgeObject: (object, bounds) => {
    if (!isKind(object, "flagger.app", "Canary")) return [];
    if (spec(object)["skipAnalysis"] === true) return ["skipAnalysis promotes without looking"];
    const analysis = fields(spec(object)["analysis"]);
    return [...pace(analysis, bounds), ...metricFaults(analysis, bounds)];
  },
});

function pace(analysis: Fields, bounds: Settings): readonly string[] {
  const found: string[] = [];
  const { interval, threshold, iterations, stepWeight, stepWeights, maxWeight } = analysis;
  const seconds = secondsOf(text(interval));
  if (seconds === undefined || seconds < 10) found.push(`analysis.interval is ${quote(interval)}, not 10s or longer`);
  const failures = number(threshold) ?? 0;
  if (failures < 1 || failures > bounds.maxThreshold)
    found.push(`analysis.threshold is ${quote(threshold)}, not 1 to ${bounds.maxThreshold}`);
  if (iterations !== undefined) {
    if ((number(iterations) ?? 0) < bounds.minIterations)
      found.push(`analysis.iterations is ${quote(iterations)}, fewer than ${bounds.minIterations}`);
    return found;
  }
  const steps = stepWeights === undefined ? [number(stepWeight) ?? 0] : stepSizes(list(stepWeights));
  if (steps.some((step) => step < 1 || step > bounds.maxStep))
    found.push(`analysis takes steps of ${steps.join(", ")} percent, not 1 to ${bounds.maxStep}`);
  const most = stepWeights === undefined ? number(maxWeight) : number(list(stepWeights).at(-1));
  if (most === undefined || most < 1 || most > bounds.maxWeight)
    found.push(`analysis goes up to ${quote(most)} percent, not 1 to ${bounds.maxWeight}`);
  return found;
}

/** From one weight to the next; the first starts from nothing. */
function stepSizes(weights: readonly unknown[]): readonly number[] {
  return weights.map((weight, index) => (number(weight) ?? 0) - (index === 0 ? 0 : (number(weights[index - 1]) ?? 0)));
}

function metricFaults(analysis: Fields, bounds: Settings): readonly string[] {
  const metrics = list(analysis["metrics"]).map(fields);
  if (metrics.length === 0) return ["analysis.metrics is empty: every release would pass"];
  return metrics.flatMap((metric) => {
    const name = quote(metric["name"]);
    const { min, max } = fields(metric["thresholdRange"]);
    if (min === undefined && max === undefined) return [`metric ${name} has no thresholdRange`];
    const lowest = number(min) ?? 0;
    if (metric["name"] !== "request-success-rate" || lowest >= bounds.minSuccessRate) return [];
    return [`metric ${name} accepts ${lowest} percent, less than ${bounds.minSuccessRate}`];
  });
}

/** Seconds of a Go duration of hours, minutes and seconds. */
function secondsOf(duration: string | undefined): number | undefined {
  const found = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(duration ?? "");
  if (duration === undefined || duration === "" || found === null) return undefined;
  const [hours, minutes, seconds] = found.slice(1).map((part: string | undefined) => Number(part ?? "0"));
  return (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}
