/** KEDA as processes of the local platform: the operator, and the metrics adapter behind the API server. */
export { kedaNamespace, metricsApi, processNames } from "./names.ts";
export { installKeda, startKeda } from "./start.ts";
export type { KedaEvent, KedaOptions } from "./start.ts";
export { stopKeda } from "./stop.ts";
export type { KedaTools } from "./tools.ts";
