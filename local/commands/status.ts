import type { ApplicationSummary } from "../argocd/index.ts";
import { chosenGitops } from "../gitops/choice.ts";
import { readApplications } from "../gitops/wait.ts";
import { restClient } from "../kubernetes/rest-client.ts";
import type { Layout } from "../layout.ts";
import { listProcesses } from "../processes/index.ts";
import type { ProcessStatus } from "../processes/index.ts";

export interface PlatformStatus {
  /** `running`: every process lives. `broken`: some died. `stopped`: none has been started. */
  readonly state: "running" | "broken" | "stopped";
  readonly processes: readonly ProcessStatus[];
  /** Empty while the API server or its store does not run. */
  readonly applications: readonly ApplicationSummary[];
}

/** How the platform is now; asks, changes nothing. */
export async function status(layout: Layout): Promise<PlatformStatus> {
  const processes = await listProcesses(layout);
  if (processes.length === 0) return { state: "stopped", processes, applications: [] };
  const state = processes.every(({ alive }) => alive) ? "running" : "broken";
  const lives = (wanted: string): boolean => processes.some(({ name, alive }) => name === wanted && alive);
  // Without its store the API server would let us wait for half a minute.
  if (!lives("kube-apiserver") || !lives("etcd")) return { state, processes, applications: [] };
  const client = restClient(layout.kubeconfig);
  try {
    return { state, processes, applications: await readApplications(chosenGitops(layout), client) };
  } catch (error) {
    // What died is the better answer than what therefore did not work.
    if (state === "broken") return { state, processes, applications: [] };
    throw error;
  } finally {
    client.close();
  }
}
