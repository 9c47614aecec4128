import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { HttpRoute, Pod, Service } from "../../../local/workloads/cluster/objects.ts";
import type { ServingPod } from "../../../local/workloads/pods/serving-pod.ts";

/** A pod of the sample application `app` in `dev`, as the API server has it. */
export function pod(name: string, labels: Record<string, string> = {}, container: object = {}): Pod {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      namespace: "dev",
      uid: `uid-of-${name}`,
      labels: { "app.kubernetes.io/name": "app", "gitops.platform/application": "app", ...labels },
      annotations: {
        "prometheus.io/scrape": "true",
        "prometheus.io/port": "9898",
        "prometheus.io/path": "/metrics",
      },
    },
    spec: {
      nodeName: "local",
      containers: [
        {
          name: "app",
          image: "ghcr.io/stefanprodan/podinfo:6.9.0",
          command: ["./podinfo"],
          args: ["--level=info"],
          ports: [{ name: "http", containerPort: 9898 }],
          ...container,
        },
      ],
    },
    status: { phase: "Running", podIP: "10.244.0.7" },
  };
}

/** A pod whose program serves on that port. */
export function serving(of: Pod, port: number, state: Partial<ServingPod> = {}): ServingPod {
  return { pod: of, port, serves: true, terminating: false, ...state };
}

/** A Service `<name>` in `dev` that selects the pods named so by `app.kubernetes.io/name`. */
export function service(name: string, selects: string = name, spec: object = {}): Service {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace: "dev" },
    spec: {
      selector: { "app.kubernetes.io/name": selects },
      ports: [{ name: "http", port: 9898, targetPort: "http" }],
      ...spec,
    },
  };
}

export function byKey<T extends Pod | Service | HttpRoute>(...objects: readonly T[]): Map<string, T> {
  return new Map(objects.map((object) => [`${object.metadata.namespace}/${object.metadata.name}`, object]));
}

export function route(rules: HttpRoute["spec"]["rules"]): HttpRoute {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name: "app", namespace: "dev" },
    spec: rules === undefined ? {} : { rules },
  };
}

/** A server on a free loopback port. */
export async function listening(handler: RequestListener | Server): Promise<{ server: Server; port: number }> {
  const server = typeof handler === "function" ? createServer(handler) : handler;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

export async function close(...servers: readonly Server[]): Promise<void> {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
