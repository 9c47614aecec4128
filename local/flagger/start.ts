import { rm, symlink } from "node:fs/promises";
import { join } from "node:path";

import { applyObjects } from "../kubernetes/apply.ts";
import { install } from "../kubernetes/install.ts";
import { loopbackService } from "../kubernetes/loopback-service.ts";
import { restClient } from "../kubernetes/rest-client.ts";
import { prepareLayout } from "../layout.ts";
import type { Layout } from "../layout.ts";
import { ensureProcess, together } from "../processes/index.ts";
import type { EnsuredProcess } from "../processes/index.ts";

import { flaggerInstallation } from "./manifests.ts";
import { fieldManager, flaggerNamespace, loadtesterService } from "./names.ts";
import { flagger, loadtester } from "./processes.ts";
import type { FlaggerTools } from "./tools.ts";

/** The chart's values that matter to the process: a part of `FlaggerValues` in infra/controllers. */
export interface FlaggerSettings {
  /** Of a Canary that says nothing else. */
  readonly meshProvider: string;
  /** The address of Prometheus. */
  readonly metricsServer: string;
  readonly noCrossNamespaceRefs: boolean;
  /** Address that gets each of its Events, a secret. Default: none. */
  readonly eventWebhook?: string;
}

/** Something that a person who waits wants to see. */
export interface FlaggerEvent {
  /** The name of a process, or `definitions`. */
  readonly subject: string;
  readonly outcome: EnsuredProcess["outcome"] | "applied";
}

export interface FlaggerOptions {
  readonly settings: FlaggerSettings;
  /** Gives up when it aborts; what runs already goes on. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: FlaggerEvent) => void;
}

/**
 * Applies Flagger's and the Gateway API's CRDs, and Flagger's rights, unless the cluster has them. `startFlagger` does
 * it too; call it before, where another controller discovers kinds at its start.
 *
 * @returns whether anything was applied
 */
export async function installFlagger(
  tools: FlaggerTools,
  controlPlane: { readonly kubeconfig: string },
  signal?: AbortSignal,
): Promise<boolean> {
  const client = restClient(controlPlane.kubeconfig);
  try {
    return await install(client, await flaggerInstallation(tools), signal);
  } finally {
    client.close();
  }
}

/**
 * Brings Flagger and its load tester up on a running control plane. Idempotent: what runs as it should is left alone,
 * what died is started.
 *
 * @throws ProcessError which names the log of the process that did not come up
 */
export async function startFlagger(
  layout: Layout,
  tools: FlaggerTools,
  controlPlane: { readonly server: string; readonly kubeconfig: string },
  { settings, signal, onEvent }: FlaggerOptions,
): Promise<void> {
  await prepareLayout(layout);
  await linkHey(layout, tools);
  if (await installFlagger(tools, controlPlane, signal)) onEvent?.({ subject: "definitions", outcome: "applied" });
  const specs = [await flagger(layout, tools, controlPlane.server, settings), await loadtester(layout, tools)];
  await nameLoadtester(controlPlane.kubeconfig, specs[1]?.ports?.["http"] ?? 0, signal);
  await together(
    signal,
    specs.map((spec) => async (cancel: AbortSignal) => {
      const { outcome } = await ensureProcess(layout, spec, cancel);
      onEvent?.({ subject: spec.name, outcome });
    }),
  );
}

/** Puts `hey` on the PATH of the platform's processes. */
async function linkHey(layout: Layout, tools: FlaggerTools): Promise<void> {
  const link = join(layout.bin, "hey");
  await rm(link, { force: true });
  await symlink(tools.hey.path, link);
}

async function nameLoadtester(kubeconfig: string, targetPort: number, signal?: AbortSignal): Promise<void> {
  const client = restClient(kubeconfig);
  try {
    const service = loopbackService({ namespace: flaggerNamespace, name: loadtesterService, port: 80, targetPort });
    await applyObjects(client, [service], { fieldManager, ...(signal ? { signal } : {}) });
  } finally {
    client.close();
  }
}
