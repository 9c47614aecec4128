import type { StackProfile } from "../environments.ts";

import { compute, disruptionBudget, replicas, scraped, spread } from "./pods.ts";
import type { ResourceRequirements, TopologySpread } from "./pods.ts";
import { priorityClassName } from "./priority-class.ts";

interface Replicated {
  readonly replicaCount: number;
}

/** Of the three programs, in the spelling of the chart's section. */
interface Budgets {
  readonly operator: object;
  readonly metricServer: object;
  readonly webhooks: object;
}

/** The values that the platform sets (kedacore/charts, keda/values.yaml at v2.20.2). */
export interface KedaValues {
  readonly crds: { readonly install: boolean; readonly additionalAnnotations: Readonly<Record<string, string>> };
  readonly image: { readonly pullPolicy: string };
  readonly operator: Replicated;
  readonly metricsServer: Replicated;
  readonly webhooks: Replicated;
  readonly podDisruptionBudget: Budgets;
  readonly topologySpreadConstraints: {
    readonly operator: readonly TopologySpread[];
    readonly metricsServer: readonly TopologySpread[];
    readonly webhooks: readonly TopologySpread[];
  };
  readonly priorityClassName: string;
  readonly rbac: { readonly enabledCustomScaledRefKinds: boolean };
  readonly resources: {
    readonly operator: ResourceRequirements;
    readonly metricServer: ResourceRequirements;
    readonly webhooks: ResourceRequirements;
  };
  readonly prometheus: { readonly operator: { readonly enabled: boolean; readonly port: number } };
  readonly podAnnotations: { readonly keda: Readonly<Record<string, string>> };
}

const metricsPort = 8080;

/** Security contexts are the chart's own: they meet the `restricted` standard ("KEDA is secure by default"). */
export function kedaValues(profile: StackProfile): KedaValues {
  const replicated = { replicaCount: replicas(profile) };
  const { enabled, maxUnavailable } = disruptionBudget(profile);
  const budget = enabled ? { maxUnavailable } : {};
  return {
    // The chart's CRDs are templates: without `keep`, an uninstall would delete every ScaledObject with them.
    crds: { install: true, additionalAnnotations: { "helm.sh/resource-policy": "keep" } },
    // The chart says Always, which makes a start depend on the registry.
    image: { pullPolicy: "IfNotPresent" },
    operator: replicated,
    metricsServer: replicated,
    webhooks: replicated,
    podDisruptionBudget: { operator: budget, metricServer: budget, webhooks: budget },
    topologySpreadConstraints: {
      operator: spread({ app: "keda-operator" }),
      metricsServer: spread({ app: "keda-operator-metrics-apiserver" }),
      webhooks: spread({ app: "keda-admission-webhooks" }),
    },
    priorityClassName,
    // By default the operator may get every kind of object, Secrets included. Deployments and StatefulSets need no such
    // rule (templates/manager/clusterrole.yaml).
    rbac: { enabledCustomScaledRefKinds: false },
    resources: {
      operator: compute("100m", "128Mi", "1000Mi"),
      metricServer: compute("50m", "96Mi", "512Mi"),
      webhooks: compute("20m", "64Mi", "256Mi"),
    },
    prometheus: { operator: { enabled: true, port: metricsPort } },
    podAnnotations: { keda: scraped(metricsPort) },
  };
}
