import { readApplications } from "../argocd/index.ts";
import type { ApplicationSummary } from "../argocd/index.ts";
import { restClient } from "../kubernetes/rest-client.ts";
import type { Layout } from "../layout.ts";
import { listProcesses } from "../processes/index.ts";
import type { ProcessStatus } from "../processes/index.ts";

export interface PlatformStatus {
  /** `running`: every process lives. `broken`: some died. `stopped`: none has been started. */
  readonly state: "running" | "broken" | "stopped";
  readonly processes: readonly ProcessStatus[];
  /** Empty unless the platform runs. */
  readonly applications: readonly ApplicationSummary[];
}

/** How the platform is now; asks, changes nothing. */
export async function status(layout: Layout): Promise<PlatformStatus> {
  const processes = await listProcesses(layout);
  if (processes.length === 0) return { state: "stopped", processes, applications: [] };
  const state = processes.every(({ alive }) => alive) ? "running" : "broken";
  const served = processes.some(({ name, alive }) => name === "kube-apiserver" && alive);
  if (!served) return { state, processes, applications: [] };
  const client = restClient(layout.kubeconfig);
  try {
    return { state, processes, applications: await readApplications(client) };
  } finally {
    client.close();
  }
}
