import type { StackProfile } from "../environments.ts";

import { compute, disruptionBudget, replicas, restrictedContainer, scraped } from "./pods.ts";
import type { ResourceRequirements } from "./pods.ts";
import { priorityClassName } from "./priority-class.ts";

/** The values that the platform sets (fluxcd/flagger, charts/flagger/values.yaml at v1.44.0). */
export interface FlaggerValues {
  readonly meshProvider: string;
  readonly metricsServer: string;
  readonly noCrossNamespaceRefs: boolean;
  readonly crd: { readonly create: boolean };
  readonly leaderElection: { readonly enabled: boolean; readonly replicaCount: number };
  readonly podDisruptionBudget: { readonly enabled: boolean; readonly minAvailable: number };
  readonly podPriorityClassName: string;
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly resources: ResourceRequirements;
  readonly securityContext: { readonly enabled: boolean; readonly context: object };
}

/**
 * @param metricsServer address of Prometheus
 */
export function flaggerValues(profile: StackProfile, metricsServer: string): FlaggerValues {
  return {
    // Plain Services: blue/green by iterations. A Canary that has a mesh or the Gateway API says so in `spec.provider`.
    meshProvider: "kubernetes",
    metricsServer,
    // A Canary of one environment must not read another one's MetricTemplates, which hold addresses and credentials.
    noCrossNamespaceRefs: true,
    // The CRDs come as a template, so that upgrades reach them; see `flagger.ts`.
    crd: { create: true },
    leaderElection: { enabled: profile.highAvailability, replicaCount: replicas(profile) },
    podDisruptionBudget: { enabled: disruptionBudget(profile).enabled, minAvailable: 1 },
    podPriorityClassName: priorityClassName,
    podAnnotations: scraped(8080),
    resources: compute("50m", "64Mi", "256Mi"),
    securityContext: { enabled: true, context: { ...restrictedContainer, runAsUser: 10001 } },
  };
}
