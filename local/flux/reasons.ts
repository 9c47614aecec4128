import type { Application } from "../argocd/applications.ts";

import type { Condition, GitRepository } from "./objects.ts";
import { passing } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

type Status = NonNullable<Application["status"]>;

interface Problem {
  readonly type: string;
  readonly message: string;
}

/** What keeps Flux from applying. Types that end with `Error` are what people are told first (../argocd/application-reason.ts). */
export function problemOf({ ready, suspended, stale }: Verdict): Problem | undefined {
  if (ready?.status !== "False" || suspended || stale || isPassing(ready) || isUnhealthy(ready)) return undefined;
  // Some reasons are a statement of their own, such as ArtifactFailed.
  return { type: "SyncError", message: `${ready.reason}: ${ready.message}` };
}

/** What keeps it from reading Git. */
export function sourceProblem(source: GitRepository | undefined): Problem | undefined {
  if (source === undefined) return undefined;
  const ready = source.status?.conditions?.find(({ type }) => type === "Ready");
  return ready?.status === "False" ? { type: "SourceError", message: `${ready.reason}: ${ready.message}` } : undefined;
}

/**
 * What was applied and is not healthy, or not yet. No error: a Canary that failed with the release before is still so until
 * Flagger has seen the new one, and Flux tries again.
 */
export function healthProblem(
  name: string,
  { ready }: Verdict,
  healthy: Condition | undefined,
): Pick<Status, "resources"> {
  const unhealthy = ready !== undefined && isUnhealthy(ready);
  const [status, message] = unhealthy ? ["Degraded", ready.message] : ["Progressing", healthy?.message ?? ""];
  const waits = ready?.status === "Unknown" && healthy?.status === "Unknown";
  return unhealthy || waits ? { resources: [{ kind: "Kustomization", name, health: { status, message } }] } : {};
}

const isPassing = ({ reason }: Condition): boolean => passing.includes(reason);
const isUnhealthy = ({ status, reason }: Condition): boolean => status === "False" && reason === "HealthCheckFailed";

/** While it applies. */
export function operationOf({ ready, suspended, stale, synced, wanted }: Verdict): Pick<Status, "operationState"> {
  if (suspended || synced || wanted === "" || !(stale || ready === undefined || ready.status === "Unknown")) return {};
  return { operationState: { phase: "Running", message: ready?.message ?? "not looked at yet" } };
}
