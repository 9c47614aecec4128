import {
  ApiException,
  CoordinationV1Api,
  CoreV1Api,
  KubernetesObjectApi,
  PatchStrategy,
} from "@kubernetes/client-node";
import type { KubeConfig } from "@kubernetes/client-node";
import pRetry from "p-retry";

import { kwokAccess } from "./kwok-access.ts";
import { node, nodeName } from "./node.ts";

/** The owner of the fields that are set here, for server-side apply. */
const fieldManager = "gitops-local";

/** Applies the node and KWOK's rights. Retried: the API server makes the namespace of leases only after its start. */
export async function applyBootstrapObjects(config: KubeConfig, signal?: AbortSignal): Promise<void> {
  const api = KubernetesObjectApi.makeApiClient(config);
  for (const object of [...kwokAccess, node]) {
    const apply = (): Promise<unknown> =>
      api.patch(
        structuredClone(object) as never,
        undefined,
        undefined,
        fieldManager,
        true,
        PatchStrategy.ServerSideApply,
      );
    await pRetry(apply, { retries: Infinity, minTimeout: 100, maxTimeout: 500, maxRetryTime: 30_000, signal });
  }
}

/**
 * Ends the claim of an earlier kwok on the node. kwok takes a new identity at each start (Identity in
 * pkg/kwok/controllers/controller.go of its v0.8.0), and would leave node and pods alone until the old lease expires.
 */
export async function releaseNode(config: KubeConfig): Promise<void> {
  const leases = config.makeApiClient(CoordinationV1Api);
  await leases.deleteNamespacedLease({ name: nodeName, namespace: "kube-node-lease" }).catch(ignoreNotFound);
}

/**
 * Waits until pods can be made and run: kwok holds the node, the node is ready and accepts pods, and the default
 * namespace has its service account.
 *
 * @throws Error that names what is missing after 30 s
 */
export async function waitForNode(config: KubeConfig, signal?: AbortSignal): Promise<void> {
  const core = config.makeApiClient(CoreV1Api);
  const leases = config.makeApiClient(CoordinationV1Api);
  const check = async (): Promise<void> => {
    await leases.readNamespacedLease({ name: nodeName, namespace: "kube-node-lease" });
    const { status, spec } = await core.readNode({ name: nodeName });
    const ready = status?.conditions?.find((condition) => condition.type === "Ready");
    if (ready?.status !== "True") throw new Error(`node "${nodeName}" is not ready: ${ready?.message ?? "no report"}`);
    const taint = spec?.taints?.[0];
    if (taint !== undefined) throw new Error(`node "${nodeName}" accepts no pods: taint ${taint.key}`);
    await core.readNamespacedServiceAccount({ name: "default", namespace: "default" });
  };
  await pRetry(check, { retries: Infinity, minTimeout: 50, maxTimeout: 250, maxRetryTime: 30_000, signal });
}

function ignoreNotFound(error: unknown): void {
  if (!(error instanceof ApiException && error.code === 404)) throw error;
}
