import { namespaces } from "./namespaces.ts";

/** One entry of `scrape_configs`, with the chart's switch. */
export interface ScrapeJob {
  readonly enabled: boolean;
  readonly [setting: string]: unknown;
}

interface Relabel {
  readonly source_labels: readonly string[];
  readonly target_label?: string;
  readonly action?: "keep" | "drop";
  readonly regex?: string;
  readonly replacement?: string;
}

const annotation = "__meta_kubernetes_pod_annotation_prometheus_io";

/**
 * Which pods are scraped, where, and under which labels. `kubernetes_namespace` and `kubernetes_pod_name` are what
 * Flagger's built-in metrics ask for (fluxcd/flagger, pkg/metrics/observers/http.go); `namespace`, `pod` and `app` are
 * for people and for KEDA's queries.
 */
const podRelabelling: readonly Relabel[] = [
  { source_labels: [`${annotation}_scrape`], action: "keep", regex: "true" },
  { source_labels: ["__meta_kubernetes_pod_phase"], action: "drop", regex: "Pending|Succeeded|Failed" },
  { source_labels: [`${annotation}_scheme`], regex: "(https?)", target_label: "__scheme__" },
  { source_labels: [`${annotation}_path`], regex: "(.+)", target_label: "__metrics_path__" },
  {
    source_labels: ["__meta_kubernetes_pod_ip", `${annotation}_port`],
    regex: "([0-9.]+);(\\d+)",
    replacement: "$1:$2",
    target_label: "__address__",
  },
  ...(
    [
      ["__meta_kubernetes_namespace", "kubernetes_namespace"],
      ["__meta_kubernetes_pod_name", "kubernetes_pod_name"],
      ["__meta_kubernetes_namespace", "namespace"],
      ["__meta_kubernetes_pod_name", "pod"],
      ["__meta_kubernetes_pod_label_app", "app"],
    ] as const
  ).map(([source, target]) => ({ source_labels: [source], target_label: target })),
];

/** The chart's jobs that this platform has no use for; two of them skip the verification of the kubelets' certificates. */
const unusedJobs = [
  "kubernetes-api-servers",
  "kubernetes-nodes",
  "kubernetes-nodes-cadvisor",
  "kubernetes-service-endpoints-slow",
  "prometheus-pushgateway",
  "kubernetes-services",
  "kubernetes-pods",
  "kubernetes-pods-slow",
] as const;

/**
 * Prometheus itself, annotated Services (Argo CD's metrics) and annotated pods; job names are those of
 * prometheus-community/helm-charts, charts/prometheus/values.yaml at 29.27.0.
 */
export const scrapeJobs: Readonly<Record<string, ScrapeJob>> = {
  ...Object.fromEntries(unusedJobs.map((job) => [job, { enabled: false }])),
  "kubernetes-service-endpoints": {
    enabled: true,
    // As the chart has it, this job trusts the labels that a target sends and turns a Service's labels into more: a
    // workload of one environment could pose as another one, and decide its canary. So: the controllers alone.
    honor_labels: false,
    kubernetes_sd_configs: [{ role: "endpointslice", namespaces: { names: Object.values(namespaces) } }],
  },
  "platform-pods": {
    enabled: true,
    // The default, said aloud: a pod must not choose its own namespace.
    honor_labels: false,
    // Flagger's shortest analysis interval is 10 s; a rate needs two samples in its range.
    scrape_interval: "5s",
    scrape_timeout: "4s",
    kubernetes_sd_configs: [{ role: "pod" }],
    relabel_configs: podRelabelling,
  },
};
