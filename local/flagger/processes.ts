import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { serviceAccountIdentity, writeKubeconfig } from "../certificates/index.ts";
import type { Layout } from "../layout.ts";
import { choosePorts, httpProbe } from "../processes/index.ts";
import type { ProcessSpec } from "../processes/index.ts";
import { serviceNetwork } from "../service-network.ts";

import { flaggerNamespace, processNames } from "./names.ts";
import type { FlaggerSettings } from "./start.ts";
import type { FlaggerTools } from "./tools.ts";

/** Flagger itself. It acts in the cluster as its own service account. */
export async function flagger(
  layout: Layout,
  tools: FlaggerTools,
  server: string,
  settings: FlaggerSettings,
): Promise<ProcessSpec> {
  const name = processNames.flagger;
  const ports = await choosePorts(layout, name, ["http"]);
  const kubeconfig = join(layout.flagger, "flagger.kubeconfig");
  const identity = serviceAccountIdentity(flaggerNamespace, "flagger");
  await writeKubeconfig(layout, { ...identity, path: kubeconfig, server, namespace: flaggerNamespace });
  return {
    name,
    command: tools.flagger.path,
    // Those of charts/flagger/templates/deployment.yaml for the values of infra/controllers/flagger-values.ts.
    args: [
      "-log-level=info",
      `-mesh-provider=${settings.meshProvider}`,
      `-metrics-server=${settings.metricsServer}`,
      "-selector-labels=app,name,app.kubernetes.io/name",
      "-enable-config-tracking=true",
      `-no-cross-namespace-refs=${settings.noCrossNamespaceRefs}`,
      `-kubeconfig=${kubeconfig}`,
      `-port=${ports.http}`,
    ],
    env: {
      ...(await serviceNetwork(layout, flaggerNamespace)),
      GOMEMLIMIT: "80MiB",
      // Not as an argument, which every user of the machine sees (cmd/flagger/main.go).
      ...(settings.eventWebhook === undefined ? {} : { EVENT_WEBHOOK_URL: settings.eventWebhook }),
    },
    files: [kubeconfig],
    ports,
    ready: httpProbe(`http://127.0.0.1:${ports.http}/healthz`),
  };
}

/**
 * The load tester: runs the commands of webhooks (with `sh -c`, so that `hey`, `curl` and what else is on PATH serve)
 * and keeps the gates. It knows the cluster's names and has no access to the API.
 */
export async function loadtester(layout: Layout, tools: FlaggerTools): Promise<ProcessSpec> {
  const name = processNames.loadtester;
  const ports = await choosePorts(layout, name, ["http"]);
  const work = join(layout.flagger, "loadtester");
  await mkdir(work, { recursive: true, mode: 0o700 });
  return {
    name,
    command: tools.loadtester.path,
    args: [`-port=${ports.http}`, "-log-level=info", "-timeout=1h"],
    env: { ...(await serviceNetwork(layout, flaggerNamespace)), GOMEMLIMIT: "40MiB" },
    cwd: work,
    ports,
    ready: httpProbe(`http://127.0.0.1:${ports.http}/healthz`),
  };
}
