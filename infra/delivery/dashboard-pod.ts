import { restrictedContainer, spread } from "../controllers/pods.ts";

/** The page's port, by name in the pod and in its Service. */
export const dashboardPort = { name: "http", number: 8080 } as const;

/** A user that no image has files of: node's official image has 1000 (nodejs/docker-node, Dockerfile-debian.template). */
const user = 10_001;

/**
 * The pod of the page. It may read the API as its ServiceAccount, and write nothing: not to the cluster, nor to its own
 * file system but for a small folder in memory.
 * @param host name that the ingress answers to; the page answers to no other one
 */
export function dashboardPod(serviceAccountName: string, image: string, host: string, labels: Record<string, string>) {
  const probe = { httpGet: { path: "/healthz", port: dashboardPort.name } };
  return {
    serviceAccountName,
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, runAsUser: user, runAsGroup: user },
    topologySpreadConstraints: [...spread(labels)],
    containers: [
      {
        name: "dashboard",
        image,
        args: ["dashboard", "--behind-proxy", host, "--host", "0.0.0.0", "--port", `${dashboardPort.number}`],
        env: [{ name: "HOME", value: "/tmp" }],
        ports: [{ name: dashboardPort.name, containerPort: dashboardPort.number }],
        // Node and the page's bundler start within seconds; a slow node has a minute.
        startupProbe: { ...probe, periodSeconds: 2, failureThreshold: 30 },
        readinessProbe: { ...probe, periodSeconds: 5 },
        livenessProbe: { ...probe, periodSeconds: 10, timeoutSeconds: 5 },
        // 110 MiB were seen with three environments of four applications; building the page takes some more for a second.
        resources: { requests: { cpu: "50m", memory: "192Mi" }, limits: { cpu: "500m", memory: "384Mi" } },
        securityContext: {
          ...restrictedContainer,
          capabilities: { drop: [...restrictedContainer.capabilities.drop] },
        },
        volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
      },
    ],
    volumes: [{ name: "tmp", emptyDir: { medium: "Memory", sizeLimit: "32Mi" } }],
  };
}
