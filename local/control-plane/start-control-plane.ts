import pRetry from "p-retry";

import { authority, writeKubeconfig } from "../certificates/index.ts";
import { prepareLayout } from "../layout.ts";
import type { Layout } from "../layout.ts";
import { ProcessError, ensureProcess, inTurn, stopProcess, together } from "../processes/index.ts";
import type { EnsuredProcess, ProcessSpec } from "../processes/index.ts";

import { apiServer } from "./api-server.ts";
import { applyBootstrapObjects, releaseNode, waitForNode } from "./bootstrap-objects.ts";
import { controllerManager } from "./controller-manager.ts";
import { etcd } from "./etcd.ts";
import { administrator } from "./identities.ts";
import { administratorConfig } from "./kube-client.ts";
import { kwok } from "./kwok.ts";
import { scheduler } from "./scheduler.ts";
import type { ControlPlaneTools } from "./tools.ts";
import { plannedVersionChange, rememberVersion } from "./version-change.ts";

/** A control plane that serves. */
export interface ControlPlane {
  readonly layout: Layout;
  /** The address of the API server, `https://127.0.0.1:<port>`. */
  readonly server: string;
  /** The administrator's kubeconfig: a path. */
  readonly kubeconfig: string;
  /** PEM file of the authority that signed the API server's certificate. */
  readonly caPath: string;
}

/** Something that a person who waits wants to see. */
export interface ControlPlaneEvent {
  /** The name of a process, or `node`. */
  readonly subject: string;
  readonly outcome: EnsuredProcess["outcome"] | "ready";
  /** Since the call of `startControlPlane`. */
  readonly seconds: number;
}

export interface StartOptions {
  /** Gives up when it aborts; what runs already goes on. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ControlPlaneEvent) => void;
}

/**
 * Brings the Kubernetes API of a platform up: etcd, API server, controllers, scheduler and one KWOK node.
 *
 * Idempotent: what runs as it should is left alone, so a second call repairs what died in between. Two calls at the
 * same time for one platform are the caller's to prevent. With the next minor of Kubernetes it is an upgrade in the
 * order of kubernetes.io, "Version Skew Policy": the API server, then what asks it, which may be older and not newer.
 *
 * @throws ProcessError which names the log of the process that did not come up
 * @throws Error when the data was written by a newer version, or by one that is not the minor before
 */
export async function startControlPlane(
  layout: Layout,
  tools: ControlPlaneTools,
  options: StartOptions = {},
): Promise<ControlPlane> {
  await prepareLayout(layout);
  const change = await plannedVersionChange(layout, tools["kube-apiserver"].version);
  // An API server that is gone before its store may be: without it, it hangs in its graceful shutdown.
  if (change.kind === "upgrade") await stopProcess(layout, "kube-apiserver");
  await rememberVersion(layout, change.to);
  const order = change.kind === "upgrade" ? inTurn : together;
  return pRetry(() => startOnce(layout, tools, options, order), {
    // Ports are chosen before they are opened; another program may come first. The next attempt chooses others.
    retries: 3,
    minTimeout: 0,
    shouldRetry: ({ error }) => error instanceof ProcessError && error.portTaken,
    signal: options.signal,
  });
}

async function startOnce(
  layout: Layout,
  tools: ControlPlaneTools,
  options: StartOptions,
  order: typeof together,
): Promise<ControlPlane> {
  const { signal, onEvent } = options;
  const begin = performance.now();
  const report = (subject: string, outcome: ControlPlaneEvent["outcome"]): void =>
    onEvent?.({ subject, outcome, seconds: (performance.now() - begin) / 1000 });
  const ensure = async (spec: ProcessSpec, cancel: AbortSignal): Promise<void> =>
    report(spec.name, (await ensureProcess(layout, spec, cancel)).outcome);

  const store = await etcd(layout, tools.etcd);
  const api = await apiServer(layout, tools["kube-apiserver"], store);
  // A first start need not wait: the API server waits for etcd by itself.
  await order(signal, [(cancel) => ensure(store.spec, cancel), (cancel) => ensure(api.spec, cancel)]);

  await writeKubeconfig(layout, { ...administrator, path: layout.kubeconfig, server: api.url });
  const config = administratorConfig(layout);
  const controllers = await controllerManager(layout, tools["kube-controller-manager"], api.url);
  const placement = await scheduler(layout, tools["kube-scheduler"], api.url);
  const kubelet = await kwok(layout, tools, api.url);
  await order(signal, [
    (cancel) => ensure(controllers, cancel),
    (cancel) => ensure(placement, cancel),
    async (cancel) => {
      await applyBootstrapObjects(config, cancel);
      await ensure({ ...kubelet, beforeStart: () => releaseNode(config) }, cancel);
    },
  ]);
  await waitForNode(config, signal);
  report("node", "ready");
  const { certificatePath: caPath } = await authority(layout, "ca");
  return { layout, server: api.url, kubeconfig: layout.kubeconfig, caPath };
}
