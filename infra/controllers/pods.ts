import type { StackProfile } from "../environments.ts";

/** What all controllers' pods have in common. */

export interface ResourceRequirements {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly memory: string };
}

/**
 * Requests and limits of one container. There is no CPU limit: a controller that is throttled reacts late just when
 * much happens, and requests already divide the node's CPU.
 * @param cpu request, for example `100m`
 * @param memory request
 * @param memoryLimit default: the request
 */
export function compute(cpu: string, memory: string, memoryLimit = memory): ResourceRequirements {
  return { requests: { cpu, memory }, limits: { memory: memoryLimit } };
}

/** Replicas of a controller that runs several times, by leader election or behind a Service. */
export function replicas(profile: StackProfile): number {
  return profile.highAvailability ? 2 : 1;
}

/** A disruption budget as most charts take it; with one replica it would block the draining of its node. */
export function disruptionBudget(profile: StackProfile): {
  readonly enabled: boolean;
  readonly maxUnavailable: number;
} {
  return { enabled: profile.highAvailability, maxUnavailable: 1 };
}

export interface TopologySpread {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: "ScheduleAnyway";
  readonly labelSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
}

/**
 * Spreads replicas over zones, then nodes. Soft: a controller on the wrong node is better than none.
 * @param matchLabels of the pods; leave it out where the chart fills it in
 */
export function spread(matchLabels?: Readonly<Record<string, string>>): readonly TopologySpread[] {
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    ...(matchLabels === undefined ? {} : { labelSelector: { matchLabels } }),
  }));
}

/** Container settings that the `restricted` Pod Security Standard asks for, and a root file system that stays as built. */
export const restrictedContainer = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
  capabilities: { drop: ["ALL"] },
} as const;

/** Annotations by which Prometheus finds a pod (see the scrape jobs in `prometheus-values.ts`). */
export function scraped(port: number): Readonly<Record<string, string>> {
  return { "prometheus.io/scrape": "true", "prometheus.io/port": String(port) };
}
