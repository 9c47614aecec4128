import type { Layout } from "../layout.ts";
import { stopProcess } from "../processes/index.ts";

/**
 * In this order: the API server hangs in its graceful shutdown when etcd is gone, and its clients' complaints would
 * be the last words of their logs. What is in one entry stops at the same time.
 */
const order = [["kwok", "kube-scheduler", "kube-controller-manager"], ["kube-apiserver"], ["etcd"]] as const;

/** Stops the control plane and leaves no process of it. Its data stays. Idempotent. */
export async function stopControlPlane(layout: Layout): Promise<void> {
  for (const names of order) {
    await Promise.all(names.map((name) => stopProcess(layout, name)));
  }
}
