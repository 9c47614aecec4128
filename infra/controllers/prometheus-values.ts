import type { PrometheusConfig } from "../config/controllers.ts";
import type { StackProfile } from "../environments.ts";

import { compute, disruptionBudget, replicas, restrictedContainer, spread } from "./pods.ts";
import type { ResourceRequirements, TopologySpread } from "./pods.ts";
import { priorityClassName } from "./priority-class.ts";
import { scrapeJobs } from "./scrape-jobs.ts";
import type { ScrapeJob } from "./scrape-jobs.ts";

interface Switch {
  readonly enabled: boolean;
}

/** The values that the platform sets (prometheus-community/helm-charts, charts/prometheus/values.yaml at 29.27.0). */
export interface PrometheusValues {
  readonly "server": {
    readonly fullnameOverride: string;
    readonly replicaCount: number;
    readonly statefulSet: Switch;
    readonly persistentVolume: Switch & { readonly size: string; readonly storageClass?: string };
    readonly retention: string;
    readonly global: Readonly<Record<"scrape_interval" | "scrape_timeout" | "evaluation_interval", string>>;
    readonly service: { readonly sessionAffinity: string };
    readonly podDisruptionBudget: Switch & { readonly maxUnavailable: number };
    readonly priorityClassName: string;
    readonly topologySpreadConstraints: readonly TopologySpread[];
    readonly resources: ResourceRequirements;
    readonly securityContext: object;
    readonly containerSecurityContext: object;
  };
  readonly "configmapReload": {
    readonly prometheus: { readonly resources: ResourceRequirements; readonly containerSecurityContext: object };
  };
  readonly "scrapeConfigs": Readonly<Record<string, ScrapeJob>>;
  readonly "alertmanager": Switch;
  readonly "kube-state-metrics": Switch;
  readonly "prometheus-node-exporter": Switch;
  readonly "prometheus-pushgateway": Switch;
}

/** Name of the Service, and with it of everything else the chart makes. */
export const prometheusName = "prometheus-server";

/** The image's user `nobody`, as the chart has it, and a volume that it may write. */
const nobody = 65534;

export function prometheusValues(profile: StackProfile, config: PrometheusConfig): PrometheusValues {
  const off = { enabled: false };
  return {
    "server": {
      fullnameOverride: prometheusName,
      // Each replica scrapes for itself into its own volume; affinity keeps a client on one of them.
      replicaCount: replicas(profile),
      statefulSet: { enabled: true },
      service: { sessionAffinity: "ClientIP" },
      persistentVolume: {
        enabled: true,
        size: config.storage,
        ...(config.storageClass === undefined ? {} : { storageClass: config.storageClass }),
      },
      retention: config.retention,
      global: { scrape_interval: "15s", scrape_timeout: "10s", evaluation_interval: "15s" },
      podDisruptionBudget: disruptionBudget(profile),
      priorityClassName,
      topologySpreadConstraints: spread({
        "app.kubernetes.io/name": "prometheus",
        "app.kubernetes.io/component": "server",
      }),
      resources: compute("200m", "512Mi", "2Gi"),
      securityContext: {
        runAsNonRoot: true,
        runAsUser: nobody,
        runAsGroup: nobody,
        fsGroup: nobody,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containerSecurityContext: restrictedContainer,
    },
    "configmapReload": {
      prometheus: { resources: compute("10m", "32Mi", "64Mi"), containerSecurityContext: restrictedContainer },
    },
    "scrapeConfigs": scrapeJobs,
    // Metrics for Flagger and KEDA need none of these; the node exporter would also need the host's namespaces.
    "alertmanager": off,
    "kube-state-metrics": off,
    "prometheus-node-exporter": off,
    "prometheus-pushgateway": off,
  };
}
