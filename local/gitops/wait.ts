import type { GitopsKind } from "../../infra/config/gitops.ts";
import { summarize } from "../argocd/applications.ts";
import type { ApplicationSummary } from "../argocd/applications.ts";
import { isSettled } from "../argocd/settled.ts";
import { restClient } from "../kubernetes/rest-client.ts";
import type { RestClient } from "../kubernetes/rest-client.ts";

import { gitopsEngine } from "./engine.ts";

export interface WaitOptions {
  readonly timeoutSeconds: number;
  /** Called with all Applications, at first and after every change that shows in a summary. */
  readonly onChange?: (applications: readonly ApplicationSummary[]) => void;
  readonly signal?: AbortSignal;
}

/** Every application of a platform, summarised, sorted by environment and application. */
export async function readApplications(kind: GitopsKind, client: RestClient): Promise<readonly ApplicationSummary[]> {
  const items = await gitopsEngine(kind).list(client);
  return items
    .map(summarize)
    .sort((a, b) => a.environment.localeCompare(b.environment) || a.application.localeCompare(b.application));
}

/**
 * Waits until `predicate` holds for all Applications together and returns them.
 *
 * Rejects after `timeoutSeconds` with a message that names each application for which `isSettled` is false, and why;
 * with the reason of `signal` when that aborts.
 */
export async function waitForApplications(
  kind: GitopsKind,
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
    for await (const state of gitopsEngine(kind).changes(client, signal)) {
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
