import { rm } from "node:fs/promises";

import { stopArgocd } from "../argocd/index.ts";
import { stopControlPlane } from "../control-plane/index.ts";
import { stopFlagger } from "../flagger/index.ts";
import { stopFlux } from "../flux/index.ts";
import { removeRemote } from "../git/index.ts";
import { stopKeda } from "../keda/index.ts";
import { projectDirectory } from "../layout.ts";
import type { Layout } from "../layout.ts";
import { stopPreviews } from "../previews/index.ts";
import { listProcesses, stopProcess } from "../processes/index.ts";
import { stopPrometheus } from "../prometheus/index.ts";
import { stopReceiver } from "../receiver/index.ts";
import { stopWorkloads } from "../workloads/index.ts";

import { withPlatformLock } from "./platform-lock.ts";

export interface StopOptions {
  /** Also deletes the data: cluster, repository, certificates, logs, and the remote `local`. Default false. */
  readonly purge?: boolean;
  /** Checkout whose remote is removed. Default: this project. */
  readonly checkout?: string;
}

/**
 * Ends every process of the platform; with `purge` nothing of it is left. Idempotent.
 * @returns how many processes were running
 */
export async function stop(layout: Layout, options: StopOptions = {}): Promise<number> {
  return withPlatformLock(layout, async () => {
    const running = (await listProcesses(layout)).filter(({ alive }) => alive);
    // First those who act, then what they ask: no controller must see the control plane go, nor judge a release while
    // its metrics go.
    await Promise.all([
      stopReceiver(layout),
      stopArgocd(layout),
      stopFlux(layout),
      stopFlagger(layout),
      stopKeda(layout),
    ]);
    await stopPreviews(layout);
    await Promise.all([stopPrometheus(layout), stopWorkloads(layout)]);
    await stopControlPlane(layout);
    // What a version of this program started that knew other names.
    for (const { name } of await listProcesses(layout)) await stopProcess(layout, name);
    if (options.purge === true) {
      await removeRemote(layout, options.checkout ?? projectDirectory);
      await rm(layout.directory, { recursive: true, force: true, maxRetries: 5 });
    }
    return running.length;
  });
}
