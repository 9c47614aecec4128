import { applyObjects } from "../kubernetes/apply.ts";
import { loopbackService } from "../kubernetes/loopback-service.ts";
import { restClient } from "../kubernetes/rest-client.ts";
import { prepareLayout } from "../layout.ts";
import type { Layout } from "../layout.ts";
import { ensureProcess } from "../processes/index.ts";
import type { EnsuredProcess } from "../processes/index.ts";

import { prometheusNamespace, prometheusService } from "./names.ts";
import { prometheusPort, prometheusUrl } from "./ports.ts";
import { prometheus } from "./process.ts";
import { writeControllerTargets } from "./targets.ts";
import type { ControllerTarget } from "./targets.ts";

/** What Prometheus is made of: a part of what `ensureTools` gives. */
export interface PrometheusTools {
  readonly prometheus: { readonly path: string };
}

export interface PrometheusOptions {
  /** Processes of the platform to scrape besides the pods. Default: none. */
  readonly controllers?: readonly ControllerTarget[];
  /** Gives up when it aborts; what runs already goes on. */
  readonly signal?: AbortSignal;
}

export interface Prometheus {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly outcome: EnsuredProcess["outcome"];
}

/**
 * Brings Prometheus up, and gives it the name in the cluster that it has there. Idempotent.
 *
 * @throws ProcessError which names the log, when it did not come up
 */
export async function startPrometheus(
  layout: Layout,
  tools: PrometheusTools,
  controlPlane: { readonly kubeconfig: string },
  { controllers = [], signal }: PrometheusOptions = {},
): Promise<Prometheus> {
  await prepareLayout(layout);
  await writeControllerTargets(layout, controllers);
  const { outcome } = await ensureProcess(layout, await prometheus(layout, tools.prometheus), signal);
  const client = restClient(controlPlane.kubeconfig);
  try {
    const options = { fieldManager: "gitops-local-prometheus", ...(signal ? { signal } : {}) };
    // With a label: the server writes an object anew at each apply that owns no field of it.
    const metadata = { name: prometheusNamespace, labels: { "app.kubernetes.io/part-of": "gitops-local" } };
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata };
    await applyObjects(client, [namespace], options);
    const targetPort = await prometheusPort(layout);
    const service = { namespace: prometheusNamespace, name: prometheusService, port: 80, targetPort };
    await applyObjects(client, [loopbackService(service)], options);
  } finally {
    client.close();
  }
  return { url: await prometheusUrl(layout), outcome };
}
