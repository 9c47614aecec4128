import { setTimeout as delay } from "node:timers/promises";

import { ApiError } from "../../kubernetes/api-error.ts";
import type { RestClient } from "../../kubernetes/rest-client.ts";
import type { Pod } from "../cluster/objects.ts";

import type { ContainerReport } from "./container-state.ts";
import { statusPatch } from "./pod-status.ts";

/** Before the next try, in milliseconds. */
const pause = 500;

/** The path of a pod. */
export function podPath(pod: Pod): string {
  return `/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}`;
}

/**
 * Tells the API server the status of pods: for each pod one report after the other, the newest only, until it is
 * accepted or the pod is gone.
 */
export class StatusReporter {
  private readonly latest = new Map<string, () => { pod: Pod; report: ContainerReport } | undefined>();
  private readonly busy = new Set<string>();

  constructor(
    private readonly client: RestClient,
    private readonly signal: AbortSignal,
  ) {}

  /** @param read gives what to say at the time of sending; undefined when there is nothing any more */
  send(uid: string, read: () => { pod: Pod; report: ContainerReport } | undefined): void {
    this.latest.set(uid, read);
    if (!this.busy.has(uid)) void this.work(uid);
  }

  /** Whether something is still on its way. */
  isBusy(uid: string): boolean {
    return this.busy.has(uid);
  }

  private async work(uid: string): Promise<void> {
    this.busy.add(uid);
    for (;;) {
      const read = this.latest.get(uid);
      const now = this.signal.aborted ? undefined : read?.();
      if (now === undefined) break;
      this.latest.delete(uid);
      try {
        const patch = statusPatch(now.pod, now.report, new Date());
        await this.client.patch(`${podPath(now.pod)}/status`, patch, "application/strategic-merge-patch+json");
      } catch (error) {
        if (error instanceof ApiError && [404, 409].includes(error.status)) break;
        console.error(`${podPath(now.pod)}: ${error instanceof Error ? error.message : String(error)}; trying again`);
        if (!this.latest.has(uid) && read !== undefined) this.latest.set(uid, read);
        await delay(pause, undefined, { signal: this.signal }).catch(() => undefined);
      }
      if (!this.latest.has(uid)) break;
    }
    this.latest.delete(uid);
    this.busy.delete(uid);
  }
}
