import pRetry from "p-retry";

import { applyObjects } from "../kubernetes/apply.ts";
import { install } from "../kubernetes/install.ts";
import { restClient } from "../kubernetes/rest-client.ts";
import type { RestClient } from "../kubernetes/rest-client.ts";
import { prepareLayout } from "../layout.ts";
import type { Layout } from "../layout.ts";
import { ensureProcess, together } from "../processes/index.ts";
import type { EnsuredProcess } from "../processes/index.ts";

import { adapter, adapterPorts } from "./adapter.ts";
import { kedaCertificates } from "./certificates.ts";
import { kedaInstallation } from "./manifests.ts";
import { metricsServiceObjects } from "./metrics-service.ts";
import { fieldManager, metricsApi } from "./names.ts";
import { operator } from "./operator.ts";
import type { KedaTools } from "./tools.ts";

/** Something that a person who waits wants to see. */
export interface KedaEvent {
  /** The name of a process, `definitions`, or `metrics API`. */
  readonly subject: string;
  readonly outcome: EnsuredProcess["outcome"] | "applied" | "ready";
}

export interface KedaOptions {
  /** Gives up when it aborts; what runs already goes on. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: KedaEvent) => void;
}

/**
 * Applies KEDA's CRDs and rights, unless the cluster has them. `startKeda` does it too; call it before, where another
 * controller discovers kinds at its start.
 *
 * @returns whether anything was applied
 */
export async function installKeda(
  tools: KedaTools,
  controlPlane: { readonly kubeconfig: string },
  signal?: AbortSignal,
): Promise<boolean> {
  const client = restClient(controlPlane.kubeconfig);
  try {
    return await install(client, await kedaInstallation(tools), signal);
  } finally {
    client.close();
  }
}

/**
 * Brings KEDA up on a running control plane: operator, metrics adapter, and the adapter's place behind the API server;
 * without the admission webhooks. Idempotent: what runs as it should is left alone, what died is started.
 *
 * @throws ProcessError which names the log of the process that did not come up
 */
export async function startKeda(
  layout: Layout,
  tools: KedaTools,
  controlPlane: { readonly server: string; readonly kubeconfig: string },
  { signal, onEvent }: KedaOptions = {},
): Promise<void> {
  await prepareLayout(layout);
  if (await installKeda(tools, controlPlane, signal)) onEvent?.({ subject: "definitions", outcome: "applied" });
  const certificates = await kedaCertificates(layout);
  const specs = [
    await operator(layout, tools, controlPlane.server, certificates),
    await adapter(layout, tools, controlPlane.server, certificates),
  ];
  await together(
    signal,
    specs.map((spec) => async (cancel: AbortSignal) => {
      const { outcome } = await ensureProcess(layout, spec, cancel);
      onEvent?.({ subject: spec.name, outcome });
    }),
  );
  const client = restClient(controlPlane.kubeconfig);
  try {
    const objects = metricsServiceObjects((await adapterPorts(layout)).secure, certificates.ca);
    await applyObjects(client, objects, { fieldManager, ...(signal ? { signal } : {}) });
    await waitForMetricsApi(client, signal);
    onEvent?.({ subject: "metrics API", outcome: "ready" });
  } finally {
    client.close();
  }
}

/**
 * Waits until the API server hands the group over and gets an answer: while it does not, discovery of all kinds is
 * incomplete for everybody.
 */
async function waitForMetricsApi(client: RestClient, signal?: AbortSignal): Promise<void> {
  const { group, version } = metricsApi;
  await pRetry(() => client.get(`/apis/${group}/${version}`), {
    retries: Infinity,
    minTimeout: 100,
    factor: 1.3,
    maxTimeout: 500,
    maxRetryTime: 30_000,
    ...(signal ? { signal } : {}),
  });
}
