import type { KubernetesObject } from "./rest-client.ts";

/** A Service that stands for a process of this machine. */
export interface LoopbackServiceArgs {
  readonly namespace: string;
  readonly name: string;
  /** The port that clients name. */
  readonly port: number;
  /** The port on which the process listens, on loopback. */
  readonly targetPort: number;
}

/**
 * The name of a process in the cluster. ExternalName, because the API server refuses Endpoints on loopback; the service
 * network reads `targetPort` of it, which Kubernetes itself does not use for this type.
 */
export function loopbackService({ namespace, name, port, targetPort }: LoopbackServiceArgs): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace, labels: { "app.kubernetes.io/part-of": "gitops-local" } },
    spec: {
      type: "ExternalName",
      externalName: "localhost",
      ports: [{ name: "http", protocol: "TCP", port, targetPort }],
    },
  };
}
