import { join } from "node:path";

import { serviceAccountIdentity, writeKubeconfig } from "../certificates/index.ts";
import type { Layout } from "../layout.ts";
import { choosePorts, httpProbe } from "../processes/index.ts";
import type { ProcessSpec } from "../processes/index.ts";
import { serviceNetwork } from "../service-network.ts";

import type { KedaCertificates } from "./certificates.ts";
import { accounts, kedaNamespace, processNames } from "./names.ts";
import type { KedaTools } from "./tools.ts";

/** The operator's ports: "metricsService" is where the adapter asks. */
export async function operatorPorts(
  layout: Layout,
): Promise<Readonly<Record<"metrics" | "probe" | "metricsService", number>>> {
  return choosePorts(layout, processNames.operator, ["metrics", "probe", "metricsService"]);
}

/** The operator: asks the triggers, makes HPAs, scales to and from zero. Flags: cmd/operator/main.go of KEDA 2.20. */
export async function operator(
  layout: Layout,
  tools: KedaTools,
  server: string,
  certificates: KedaCertificates,
): Promise<ProcessSpec> {
  const ports = await operatorPorts(layout);
  const kubeconfig = join(layout.keda, `${processNames.operator}.kubeconfig`);
  const identity = serviceAccountIdentity(kedaNamespace, accounts.operator);
  await writeKubeconfig(layout, { ...identity, path: kubeconfig, server, namespace: kedaNamespace });
  return {
    name: processNames.operator,
    command: tools.operator.path,
    args: [
      `--metrics-bind-address=127.0.0.1:${ports.metrics}`,
      `--health-probe-bind-address=127.0.0.1:${ports.probe}`,
      `--metrics-service-bind-address=127.0.0.1:${ports.metricsService}`,
      `--cert-dir=${certificates.directory}`,
      // Further authorities for triggers: none. Its default is a folder that only its image has.
      `--ca-dir=${certificates.directory}`,
      "--enable-cert-rotation=false",
      "--zap-log-level=info",
      "--zap-encoder=console",
      "--zap-time-encoding=rfc3339",
    ],
    env: {
      ...(await serviceNetwork(layout, kedaNamespace)),
      KUBECONFIG: kubeconfig,
      // A pod reads these from the downward API and from its mounted token.
      POD_NAMESPACE: kedaNamespace,
      KEDA_CLUSTER_OBJECT_NAMESPACE: kedaNamespace,
      // Empty: every namespace.
      WATCH_NAMESPACE: "",
      KEDA_RESTRICT_SECRET_ACCESS: "true",
      GOMEMLIMIT: "200MiB",
    },
    files: [kubeconfig, ...certificates.files],
    ports,
    ready: httpProbe(`http://127.0.0.1:${ports.probe}/readyz`),
  };
}
