import { setTimeout as delay } from "node:timers/promises";

import type { WaitsFor } from "./approvals.ts";
import type { Candidate } from "./candidate.ts";

/** What became of what was let through. */
export interface Followed {
  readonly state:
    /** Synced, analysed and Healthy. */
    | "well"
    /** Analysed, and now it waits at its gate for another approval. */
    | "at-gate"
    | "unwell"
    /** Not yet, in the time that was given. */
    | "moving";
  /** In words. */
  readonly reason: string;
}

export interface FollowArgs {
  readonly look: () => Promise<Candidate>;
  readonly revision: string;
  readonly waitedFor: WaitsFor;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  /** Told what has changed. */
  readonly say: (words: string) => void;
  /** Between two looks, in milliseconds. Default 2000. */
  readonly interval?: number;
}

/** Phases of a Canary that is done (CanaryPhase, fluxcd/flagger v1.36.1, pkg/apis/flagger/v1beta1/status.go). */
const atRest: readonly string[] = ["Succeeded", "Initialized"];

/** Looks until it is well, or cannot become so by itself. */
export async function follow(args: FollowArgs): Promise<Followed> {
  let said = "";
  for (;;) {
    args.signal.throwIfAborted();
    const candidate = await args.look();
    const found = judge(candidate, args);
    if (found.state !== "moving") return found;
    if (found.reason !== said) args.say(found.reason);
    said = found.reason;
    if (Date.now() >= args.deadline) return { state: "moving", reason: `not well yet: ${found.reason}` };
    await delay(args.interval ?? 2000, undefined, { signal: args.signal });
  }
}

/** Pure. */
export function judge(
  candidate: Candidate,
  { revision, waitedFor }: Pick<FollowArgs, "revision" | "waitedFor">,
): Followed {
  const { status, object } = candidate;
  const { name, sync, health, canary, nextImage, wanted } = status;
  const phase = canary?.phase;
  const words = `${name}: ${sync}, ${health}${canary === null ? "" : `, Canary ${phase} ${canary.weight}%`}`;
  const moving: Followed = { state: "moving", reason: words };
  if (waitedFor === "promotion") {
    // The gate is looked at once an interval of the analysis.
    if (phase === "WaitingPromotion") return { state: "moving", reason: `${words}: Flagger will see the open gate` };
    if (phase === "Failed") return { state: "unwell", reason: `${words}: ${status.reason}` };
    return atRest.includes(phase ?? "") && health === "Healthy" ? { state: "well", reason: words } : moving;
  }
  const operation = object.status?.operationState;
  const since = Date.parse(object.status?.health?.lastTransitionTime ?? "");
  // A health from before the sync is about the release before.
  const fresh = !(since < Date.parse(operation?.startedAt ?? ""));
  if (health === "Degraded" && fresh) return { state: "unwell", reason: `${words}: ${status.reason}` };
  if (status.waitsFor === "promotion") return { state: "at-gate", reason: `${words}: it waits at its gate` };
  // Somebody pushed after the commit that was approved: that is another approval.
  const newer = wanted !== null && wanted !== revision;
  if (sync !== "Synced" && !newer) {
    const prune = (object.status?.resources ?? []).filter(({ requiresPruning }) => requiresPruning === true);
    if (prune.length === 0) return moving;
    const names = prune.map(({ kind, name: one }) => `${kind} ${one}`).join(", ");
    return {
      state: "unwell",
      reason: `${words}: not in Git any more: ${names}; --prune deletes what Git does not have`,
    };
  }
  const analysed = canary === null || (atRest.includes(phase ?? "") && nextImage === null);
  if (health !== "Healthy" || !analysed) return moving;
  return {
    state: "well",
    reason: newer ? `${words}; ${wanted?.slice(0, 7)} is newer and waits for another approval` : words,
  };
}
