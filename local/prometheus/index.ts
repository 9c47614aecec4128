/** Prometheus as a process of the local platform. */
export { prometheusNamespace, prometheusService } from "./names.ts";
export { prometheusProcess, prometheusUrl } from "./ports.ts";
export { startPrometheus } from "./start.ts";
export type { Prometheus, PrometheusOptions, PrometheusTools } from "./start.ts";
export { stopPrometheus } from "./stop.ts";
export { targetsDirectory } from "./targets.ts";
export type { ControllerTarget, TargetGroup } from "./targets.ts";
