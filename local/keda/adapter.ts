import { join } from "node:path";

import { serviceAccountIdentity, writeKubeconfig } from "../certificates/index.ts";
import type { Layout } from "../layout.ts";
import { choosePorts, httpProbe } from "../processes/index.ts";
import type { ProcessSpec } from "../processes/index.ts";

import type { KedaCertificates } from "./certificates.ts";
import { accounts, kedaNamespace, processNames } from "./names.ts";
import { operatorPorts } from "./operator.ts";
import type { KedaTools } from "./tools.ts";

/** The adapter's ports: "secure" is where the API server asks. */
export async function adapterPorts(layout: Layout): Promise<Readonly<Record<"secure" | "metrics", number>>> {
  return choosePorts(layout, processNames.adapter, ["secure", "metrics"]);
}

/** The metrics API server: passes the operator's metrics on to HPAs. Flags: cmd/adapter/main.go of KEDA 2.20. */
export async function adapter(
  layout: Layout,
  tools: KedaTools,
  server: string,
  certificates: KedaCertificates,
): Promise<ProcessSpec> {
  const [ports, { metricsService }] = [await adapterPorts(layout), await operatorPorts(layout)];
  const kubeconfig = join(layout.keda, `${processNames.adapter}.kubeconfig`);
  const identity = serviceAccountIdentity(kedaNamespace, accounts.adapter);
  await writeKubeconfig(layout, { ...identity, path: kubeconfig, server, namespace: kedaNamespace });
  const { directory, ca, files } = certificates;
  return {
    name: processNames.adapter,
    command: tools.adapter.path,
    args: [
      "--bind-address=127.0.0.1",
      `--secure-port=${ports.secure}`,
      `--port=${ports.metrics}`,
      `--cert-dir=${directory}`,
      `--tls-cert-file=${join(directory, "tls.crt")}`,
      `--tls-private-key-file=${join(directory, "tls.key")}`,
      `--metrics-service-address=127.0.0.1:${metricsService}`,
      // Outside a cluster each of these must be said; who may ask is the API server's to decide.
      ...["lister", "authentication", "authorization"].map((use) => `--${use}-kubeconfig=${kubeconfig}`),
      "--zap-log-level=error",
    ],
    env: { KUBECONFIG: kubeconfig, POD_NAMESPACE: kedaNamespace, WATCH_NAMESPACE: "", GOMEMLIMIT: "120MiB" },
    files: [kubeconfig, ...files],
    ports,
    ready: httpProbe(`https://127.0.0.1:${ports.secure}/readyz`, { ca }),
  };
}
