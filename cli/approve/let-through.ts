import type { Cluster } from "../cluster/connect.ts";
import type { ClusterFlags } from "../cluster/flags.ts";
import { resumeOnce } from "../cluster/flux-resume.ts";
import { awaitSync, requestSync } from "../cluster/sync.ts";
import { short } from "../recovery/git.ts";

import type { ApprovalOptions, ApprovalRequest } from "./approve.ts";
import { syncThroughApi } from "./argocd-api.ts";
import type { ArgocdApi } from "./argocd-api.ts";
import { findCandidate } from "./candidate.ts";
import type { Candidate } from "./candidate.ts";
import { requestsAs, userConfig } from "./cluster.ts";
import { follow } from "./follow.ts";
import type { Followed } from "./follow.ts";
import { openGate, openLocalGate } from "./gate.ts";
import type { GatedCanary } from "./gate.ts";
import { localPlatform } from "./local.ts";

/** What was approved, and by whom. */
interface Approved extends ApprovalOptions {
  readonly revision: string;
  /** `Name <address>`. */
  readonly by: string;
  /** To ask for a sync through; undefined: with the person's rights in Kubernetes. */
  readonly api: ArgocdApi | undefined;
}

/**
 * Syncs exactly the approved commit, or opens the gate, and follows what becomes of it.
 * @returns undefined where nobody waits for that
 * @throws UsageError when it is refused
 */
export async function letThrough(
  cluster: Cluster,
  { object, status, waitsFor = "sync", namespace }: Candidate,
  request: ApprovalRequest,
  { revision, by, api, signal, say }: Approved,
): Promise<Followed | undefined> {
  const { application, environment, timeout, wait, prune = false } = request;
  const deadline = Date.now() + timeout * 1000;
  if (waitsFor === "promotion") {
    await open(request, { name: application, namespace });
    say("the gate is open");
  } else if (object.engine === "flux") {
    say(`Flux applies ${short(revision)}, and is suspended again after that`);
    const resumed = { name: status.name, namespace: object.metadata.namespace ?? namespace, revision };
    const { phase, message } = await resumeOnce(cluster, resumed, { patience: deadline - Date.now(), signal });
    if (phase !== "Succeeded") {
      const state = phase === "Running" ? "moving" : "unwell";
      return { state, reason: `${short(revision)} in ${namespace} is ${phase}: ${message}` };
    }
  } else {
    const sync = {
      name: status.name,
      revision,
      by,
      prune,
      info: [{ name: "Approved-by", value: by }],
    };
    await (api === undefined ? requestSync(cluster, sync) : syncThroughApi(api, sync));
    say(`Argo CD syncs ${short(revision)}`);
  }
  if (!wait) return undefined;
  if (waitsFor === "sync" && object.engine !== "flux") {
    const patience = deadline - Date.now();
    const { phase, message } = await awaitSync(cluster, { name: status.name, revision }, { patience, signal });
    if (phase !== "Succeeded") {
      const state = phase === "Running" ? "moving" : "unwell";
      return { state, reason: `the sync of ${short(revision)} is ${phase}: ${message}` };
    }
  }
  const look = (): Promise<Candidate> => findCandidate(cluster, application, environment);
  return follow({ look, revision, waitedFor: waitsFor, deadline, signal, say });
}

async function open(flags: ClusterFlags, canary: GatedCanary): Promise<void> {
  if (flags.local !== undefined) return openLocalGate((await localPlatform(flags.local)).gates, canary);
  const config = userConfig(flags.kubeconfig, flags.context);
  return openGate(config, requestsAs(config), canary);
}
