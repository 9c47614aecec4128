import { restClient } from "../kubernetes/rest-client.ts";

import { applicationChanges } from "./application-changes.ts";
import { summarize } from "./applications.ts";
import type { ApplicationSummary } from "./applications.ts";

export interface WaitOptions {
  readonly timeoutSeconds: number;
  /** Called with all Applications, at first and after every change that shows in a summary. */
  readonly onChange?: (applications: readonly ApplicationSummary[]) => void;
  readonly signal?: AbortSignal;
}

/**
 * Where the environment wants an application: Synced and Healthy, or waiting for a person: compared, and not synced; or
 * Suspended, which is a release at its gate (infra/controllers/argocd/health-checks.ts).
 */
export function isSettled(application: ApplicationSummary): boolean {
  if (application.sync === "Synced") return ["Healthy", "Suspended"].includes(application.health);
  return !application.automated && application.sync === "OutOfSync";
}

/**
 * Waits until `predicate` holds for all Applications together and returns them.
 *
 * Rejects after `timeoutSeconds` with a message that names each application for which `isSettled` is false, and why;
 * with the reason of `signal` when that aborts.
 */
export async function waitForApplications(
  kubeconfig: string,
  predicate: (applications: readonly ApplicationSummary[]) => boolean,
  options: WaitOptions,
): Promise<readonly ApplicationSummary[]> {
  const client = restClient(kubeconfig);
  const timeout = AbortSignal.timeout(options.timeoutSeconds * 1000);
  const stop = new AbortController();
  const signal = AbortSignal.any([timeout, stop.signal, ...(options.signal ? [options.signal] : [])]);
  let latest: readonly ApplicationSummary[] | undefined;
  let shown = "";
  try {
    for await (const state of applicationChanges(client, signal)) {
      latest = [...state.values()].map(summarize).sort((a, b) => a.name.localeCompare(b.name));
      const text = JSON.stringify(latest);
      if (text !== shown) options.onChange?.(latest);
      shown = text;
      if (predicate(latest)) return latest;
    }
  } finally {
    stop.abort();
    client.close();
  }
  options.signal?.throwIfAborted();
  const open = latest?.filter((application) => !isSettled(application)) ?? [];
  const details = open.map(({ name, sync, health, message }) => `  ${name}: ${sync}, ${health}: ${message}`);
  const what =
    latest === undefined ? "their state could not be read" : `${open.length} of ${latest.length} not settled`;
  throw new Error([`applications: ${what} after ${options.timeoutSeconds} s`, ...details].join("\n"));
}
