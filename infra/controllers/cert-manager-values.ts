import type { StackProfile } from "../environments.ts";

import { compute, disruptionBudget, replicas, spread } from "./pods.ts";
import type { ResourceRequirements, TopologySpread } from "./pods.ts";
import { priorityClassName } from "./priority-class.ts";

interface Program {
  readonly replicaCount: number;
  readonly podDisruptionBudget: { readonly enabled: boolean; readonly maxUnavailable?: number };
  readonly resources: ResourceRequirements;
  readonly topologySpreadConstraints: readonly TopologySpread[];
}

/** The values that the platform sets (cert-manager, deploy/charts/cert-manager/values.yaml at v1.21.1). */
export interface CertManagerValues extends Program {
  readonly crds: { readonly enabled: boolean; readonly keep: boolean };
  readonly global: {
    readonly priorityClassName: string;
    readonly leaderElection: { readonly namespace: string };
  };
  readonly webhook: Program;
  readonly cainjector: Program;
  readonly startupapicheck: { readonly resources: ResourceRequirements };
}

/**
 * Security contexts are the chart's own: they meet the `restricted` standard. CRDs come through `crds`; the older
 * `installCRDs` must stay unset, the chart refuses both together.
 * @param namespace of cert-manager
 */
export function certManagerValues(profile: StackProfile, namespace: string): CertManagerValues {
  const program = (component: string, resources: ResourceRequirements): Program => ({
    replicaCount: replicas(profile),
    podDisruptionBudget: profile.highAvailability ? disruptionBudget(profile) : { enabled: false },
    resources,
    topologySpreadConstraints: spread({
      "app.kubernetes.io/instance": "cert-manager",
      "app.kubernetes.io/component": component,
    }),
  });
  return {
    ...program("controller", compute("50m", "96Mi", "256Mi")),
    // `keep`: an uninstall that took the CRDs along would delete every Certificate of every application.
    crds: { enabled: true, keep: true },
    // The chart says kube-system, where cert-manager would need rights for this one lease.
    global: { priorityClassName, leaderElection: { namespace } },
    webhook: program("webhook", compute("20m", "48Mi", "128Mi")),
    cainjector: program("cainjector", compute("20m", "96Mi", "256Mi")),
    startupapicheck: { resources: compute("10m", "32Mi", "64Mi") },
  };
}
