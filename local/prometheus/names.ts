import { namespaces } from "../../infra/controllers/namespaces.ts";

export const prometheusNamespace = namespaces.prometheus;

/**
 * The Service of Prometheus, as in a cluster: `prometheusName` of infra/controllers/prometheus-values.ts, which is not
 * imported, because it loads the SDK of Pulumi. A test compares them.
 */
export const prometheusService = "prometheus-server";
