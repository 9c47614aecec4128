import type { KubernetesObject } from "../../../local/kubernetes/rest-client.ts";
import { rollout } from "../../local/flags/definitions.ts";

export const namespace: KubernetesObject = { apiVersion: "v1", kind: "Namespace", metadata: { name: "dev" } };

export interface DeploymentOptions {
  /** The application. Default: the name. */
  readonly application?: string;
  readonly args?: readonly string[];
  readonly replicas?: number;
  /** In seconds. Default 1. */
  readonly preStop?: number;
}

/** A Deployment like those in apps/, with short times. */
export function deployment(name: string, options: DeploymentOptions = {}): KubernetesObject {
  const { application = name, args = [], replicas = 1, preStop = 1 } = options;
  const labels = { "app.kubernetes.io/name": name, "gitops.platform/application": application };
  const annotations = {
    "prometheus.io/scrape": "true",
    "prometheus.io/port": "9898",
    "prometheus.io/path": "/metrics",
  };
  const container = {
    name: "app",
    image: "ghcr.io/stefanprodan/podinfo:6.9.0",
    command: ["./podinfo"],
    args: ["--port=9898", "--level=info", ...args],
    ports: [{ name: "http", containerPort: 9898 }],
    readinessProbe: {
      httpGet: { path: "/readyz", port: "http" },
      periodSeconds: 1,
      failureThreshold: 2,
      timeoutSeconds: 5,
    },
    lifecycle: { preStop: { sleep: { seconds: preStop } } },
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "dev" },
    spec: {
      replicas,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      selector: { matchLabels: { "app.kubernetes.io/name": name } },
      template: {
        metadata: { labels, annotations },
        spec: { terminationGracePeriodSeconds: 30, containers: [container] },
      },
    },
  };
}

export function service(name: string, selects: string = name): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace: "dev" },
    spec: {
      selector: { "app.kubernetes.io/name": selects },
      ports: [{ name: "http", port: 9898, targetPort: "http" }],
    },
  };
}

/** A route like Flagger's, in these parts of 100. */
export function route(name: string, primary: number, canary: number): KubernetesObject {
  const backendRefs = [
    { name: `${name}-primary`, port: 9898, weight: primary },
    { name: `${name}-canary`, port: 9898, weight: canary },
  ];
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name, namespace: "dev" },
    spec: { rules: [{ backendRefs }] },
  };
}

/** Flags like the component feature-flags makes them: one flag, on for that share of users. */
export function flags(percent: number): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "app-flags", namespace: "dev", labels: { "gitops.platform/feature-flags": "true" } },
    data: { "flags.json": JSON.stringify({ flags: { "new-ui": rollout(percent) } }) },
  };
}
