import { isKind, spec } from "../model/kubernetes-object.ts";
import { objectPolicy } from "../model/object-policy.ts";
import { fields, list, number, quote } from "../model/values.ts";

interface Settings {
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

/** KEDA's defaults, 0 and 100, are what nobody chose (kedacore/keda, apis/keda/v1alpha1/scaledobject_types.go). */
export const scaledObjectBounds = objectPolicy<Settings>({
  name: "scaled-object-bounds",
  description: "Autoscaling has bounds, and a number to fall back to when the metrics are gone.",
  severity: "high",
  remediation: "set minReplicaCount, maxReplicaCount and fallback { failureThreshold, replicas }",
  settings: {
    minReplicas: { type: "integer", default: 1, minimum: 0, description: "Smallest minReplicaCount." },
    maxReplicas: { type: "integer", default: 50, minimum: 1, description: "Largest maxReplicaCount." },
  },
  judgeObject: (object, bounds) => {
    if (!isKind(object, "keda.sh", "ScaledObject")) return [];
    const { minReplicaCount, maxReplicaCount, fallback, triggers } = spec(object);
    const [min, max] = [number(minReplicaCount), number(maxReplicaCount)];
    const found: string[] = [];
    if (min === undefined || min < bounds.minReplicas)
      found.push(`minReplicaCount is ${quote(minReplicaCount)}, less than ${bounds.minReplicas}`);
    if (max === undefined || max > bounds.maxReplicas)
      found.push(`maxReplicaCount is ${quote(maxReplicaCount)}, more than ${bounds.maxReplicas}`);
    if (min !== undefined && max !== undefined && min > max)
      found.push(`minReplicaCount ${min} is above maxReplicaCount ${max}`);
    const replicas = number(fields(fallback)["replicas"]);
    if (replicas === undefined || number(fields(fallback)["failureThreshold"]) === undefined)
      found.push("it has no fallback { failureThreshold, replicas }");
    else if (replicas < (min ?? 0) || replicas > (max ?? Infinity))
      found.push(`fallback.replicas ${replicas} is outside of ${quote(min)} to ${quote(max)}`);
    if (list(triggers).length === 0) found.push("it has no triggers");
    // Removed in KEDA 2.12: the field would be ignored.
    for (const [index, trigger] of list(triggers).map(fields).entries()) {
      if ("metricName" in fields(trigger["metadata"]))
        found.push(`triggers[${index}].metadata.metricName is no longer read`);
    }
    return found;
  },
});
