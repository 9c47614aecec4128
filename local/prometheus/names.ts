/**
 * Namespace and Service of Prometheus, as in a cluster (infra/controllers/namespaces.ts and prometheus-values.ts; not
 * imported, because those load the SDK of Pulumi, which every command would pay for; a test compares them).
 */
export const prometheusNamespace = "monitoring";
export const prometheusService = "prometheus-server";
