import { install } from "../kubernetes/install.ts";
import { writeKubectl } from "../kubernetes/kubectl.ts";
import { restClient } from "../kubernetes/rest-client.ts";
import { prepareLayout } from "../layout.ts";
import type { Layout } from "../layout.ts";
import { ensureProcess, together } from "../processes/index.ts";
import type { EnsuredProcess } from "../processes/index.ts";

import { fluxInstallation } from "./manifests.ts";
import { gitServer, kustomizeController, sourceController } from "./processes.ts";
import type { FluxTools } from "./tools.ts";

/** Something that a person who waits wants to see. */
export interface FluxEvent {
  /** The name of a process, or `definitions`. */
  readonly subject: string;
  readonly outcome: EnsuredProcess["outcome"] | "applied";
}

export interface FluxOptions {
  /** Gives up when it aborts; what runs already goes on. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: FluxEvent) => void;
}

/**
 * Applies Flux's CRDs and rights, unless the cluster has them.
 * @returns whether anything was applied
 */
export async function installFlux(
  tools: Pick<FluxTools, "files">,
  controlPlane: { readonly kubeconfig: string },
  signal?: AbortSignal,
): Promise<boolean> {
  const client = restClient(controlPlane.kubeconfig);
  try {
    return await install(client, await fluxInstallation(tools), signal);
  } finally {
    client.close();
  }
}

/**
 * Brings source-controller, kustomize-controller and the Git server that they read from up on a running control plane.
 * Idempotent: what runs as it should is left alone, what died is started.
 *
 * @throws ProcessError which names the log of the process that did not come up
 */
export async function startFlux(
  layout: Layout,
  tools: FluxTools & { readonly kubectl: { readonly path: string } },
  controlPlane: { readonly server: string; readonly kubeconfig: string },
  { signal, onEvent }: FluxOptions = {},
): Promise<void> {
  await prepareLayout(layout);
  await writeKubectl(layout, tools.kubectl.path);
  if (await installFlux(tools, controlPlane, signal)) onEvent?.({ subject: "definitions", outcome: "applied" });
  const specs = [
    await gitServer(layout),
    await sourceController(layout, tools, controlPlane.server),
    await kustomizeController(layout, tools, controlPlane.server),
  ];
  await together(
    signal,
    specs.map((spec) => async (cancel: AbortSignal) => {
      const { outcome } = await ensureProcess(layout, spec, cancel);
      onEvent?.({ subject: spec.name, outcome });
    }),
  );
}
