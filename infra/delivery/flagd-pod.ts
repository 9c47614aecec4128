import { restrictedContainer, spread } from "../controllers/pods.ts";
import { images } from "../versions.ts";

/** flagd's port for probes (open-feature/flagd, docs/reference/monitoring.md). */
const managementPort = 8014;

const folder = "/etc/flagd";

/**
 * The pod of flagd: one file for each application, from its ConfigMap `<application>-flags`, key `flags.json`.
 *
 * A mounted file follows its ConfigMap within about a minute, and flagd reads it again (core/pkg/sync/file,
 * filepath_sync.go at v0.16.1 knows the symbolic links of Kubernetes). A volume without `subPath`: such a file would
 * stay as it was. Until all ConfigMaps are there the pod waits; flagd itself would end on a missing file.
 * @param applications that have flags, by name
 */
export function flagdPod(applications: readonly string[], serviceAccountName: string, ofrepPort: number) {
  // Of two definitions of a key the last file wins, so the application whose name comes first does.
  const files = [...applications].sort().reverse();
  return {
    serviceAccountName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    // The image's user (flagd/build.Dockerfile).
    securityContext: { runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532 },
    topologySpreadConstraints: [...spread({ "app.kubernetes.io/name": "flagd" })],
    containers: [
      {
        name: "flagd",
        image: `${images.flagd.repository}:${images.flagd.tag}`,
        args: ["start", "--log-format=json", ...files.map((name) => `--uri=file:${folder}/${name}.json`)],
        ports: [
          { name: "ofrep", containerPort: ofrepPort },
          { name: "management", containerPort: managementPort },
        ],
        readinessProbe: { httpGet: { path: "/readyz", port: "management" }, periodSeconds: 5 },
        livenessProbe: { httpGet: { path: "/healthz", port: "management" }, periodSeconds: 10 },
        // The quota of an environment counts limits of CPU as well.
        resources: { requests: { cpu: "20m", memory: "32Mi" }, limits: { cpu: "200m", memory: "128Mi" } },
        securityContext: {
          ...restrictedContainer,
          capabilities: { drop: [...restrictedContainer.capabilities.drop] },
        },
        volumeMounts: [{ name: "flags", mountPath: folder, readOnly: true }],
      },
    ],
    volumes: [
      {
        name: "flags",
        projected: {
          sources: files.map((name) => ({
            configMap: { name: `${name}-flags`, items: [{ key: "flags.json", path: `${name}.json` }] },
          })),
        },
      },
    ],
  };
}
