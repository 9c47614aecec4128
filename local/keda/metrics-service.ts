import type { KubernetesObject } from "../kubernetes/rest-client.ts";

import { kedaNamespace, metricsApi, processNames } from "./names.ts";

/**
 * How the API server reaches the adapter: a Service of type ExternalName (it refuses Endpoints on loopback), and the
 * APIService that hands the group over to it. An API server asks an ExternalName on the port that the APIService says,
 * and expects a certificate for `<service>.<namespace>.svc`.
 *
 * @param port of the adapter, on loopback
 * @param ca of its certificate, PEM
 */
export function metricsServiceObjects(port: number, ca: string): readonly KubernetesObject[] {
  const { group, version } = metricsApi;
  const name = processNames.adapter;
  return [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace: kedaNamespace, labels: { "app.kubernetes.io/part-of": "gitops-local" } },
      spec: { type: "ExternalName", externalName: "localhost", ports: [{ name: "https", protocol: "TCP", port }] },
    },
    {
      apiVersion: "apiregistration.k8s.io/v1",
      kind: "APIService",
      metadata: { name: `${version}.${group}` },
      spec: {
        group,
        version,
        service: { name, namespace: kedaNamespace, port },
        caBundle: Buffer.from(ca).toString("base64"),
        // config/metrics-server/api_service.yaml of KEDA.
        groupPriorityMinimum: 100,
        versionPriority: 100,
      },
    },
  ];
}
