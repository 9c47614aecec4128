import { namespaces } from "../../infra/controllers/namespaces.ts";

export const kedaNamespace = namespaces.keda;

/** The group that the metrics adapter serves behind the API server. */
export const metricsApi = { group: "external.metrics.k8s.io", version: "v1beta1" } as const;

/** Names of the processes: those of the Deployments and service accounts of KEDA's chart (kedacore/charts, keda). */
export const processNames = { operator: "keda-operator", adapter: "keda-operator-metrics-apiserver" } as const;

/** The service accounts of the two (kedacore/charts, keda/values.yaml, `serviceAccount`). */
export const accounts = { operator: "keda-operator", adapter: "keda-metrics-server" } as const;

/** The owner, in `metadata.managedFields`, of what the local platform applies for KEDA. */
export const fieldManager = "gitops-local-keda";
