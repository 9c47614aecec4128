import type { Condition } from "./objects.ts";

/** What a Kustomization says, read against what Git has. */
export interface Verdict {
  /** Undefined before the commit that Git has was looked at: what was said of the one before is over. */
  readonly ready: Condition | undefined;
  readonly suspended: boolean;
  readonly stale: boolean;
  readonly synced: boolean;
  /** Commits; empty where there is none. */
  readonly applied: string;
  readonly wanted: string;
  /** What Git has now was applied, and all of it healthy when Flux looked last. */
  readonly wasHealthy: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Each interval Flux looks again whether all is as Git says and healthy, with `Ready` unknown as long as that takes. So
 * long, in milliseconds, the verdict before stands; a look that lasts longer has found something.
 */
const lookMs = 30_000;

/** In the words of Argo CD. */
export function healthOf({ ready, suspended, stale, synced, applied, wasHealthy, now }: Verdict): string {
  if (applied === "" && suspended && !synced) return "Missing";
  if (ready === undefined) return suspended ? "Unknown" : "Progressing";
  const looks = wasHealthy && ready.status === "Unknown" && now - Date.parse(ready.lastTransitionTime) < lookMs;
  if (looks) return "Healthy";
  if (stale || ready.status === "Unknown") return "Progressing";
  if (ready.status === "True") return "Healthy";
  return passing.includes(ready.reason) ? "Progressing" : "Degraded";
}

/** Something it depends on is not ready yet, or a newer request ended the wait for health: it goes on by itself. */
export const passing: readonly string[] = ["DependencyNotReady", "HealthCheckCanceled"];
