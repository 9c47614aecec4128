import { applicationReason } from "../argocd/application-reason.ts";
import { isAutomated } from "../argocd/applications.ts";
import type { Application } from "../argocd/applications.ts";
import { refreshAnnotation } from "../argocd/names.ts";

/** How the deployment of one commit to one Application ended. */
export interface SyncOutcome {
  readonly kind: "deployed" | "awaiting-approval" | "awaiting-window" | "failed" | "superseded";
  /** Why, for `failed`; until when, for `awaiting-window`; else empty. */
  readonly reason: string;
}

/**
 * Judges an Application after a push of `commit`; undefined while it is on its way.
 *
 * Degraded is not yet an end: a canary that failed before stays so until Flagger has seen the new revision.
 *
 * @param before the revision it was compared with before the push: any third one means that a later push won
 * @param held why no sync happens by itself now; undefined when none is held up by a window
 */
export function syncOutcome(
  application: Application,
  commit: string,
  before: string | undefined,
  held?: string,
): SyncOutcome | undefined {
  const { status, metadata } = application;
  // The controller removes it in the same write as the comparison's result (persistAppStatus in appcontroller.go).
  if (metadata.annotations?.[refreshAnnotation] !== undefined) return undefined;
  if (status?.conditions?.some(({ type }) => type.endsWith("Error"))) {
    return { kind: "failed", reason: applicationReason(application) };
  }
  const revision = status?.sync?.revision;
  if (revision !== commit) {
    return revision === undefined || revision === before ? undefined : { kind: "superseded", reason: "" };
  }
  const operation = status?.operationState;
  if (application.operation !== undefined || operation?.phase === "Running") return undefined;
  if (status?.sync?.status === "Synced") {
    return status.health?.status === "Healthy" ? { kind: "deployed", reason: "" } : undefined;
  }
  if (!isAutomated(application)) return { kind: "awaiting-approval", reason: "" };
  const failed = operation?.phase === "Failed" || operation?.phase === "Error";
  if (failed && operation.syncResult?.revision === commit) {
    return { kind: "failed", reason: applicationReason(application) };
  }
  return held === undefined ? undefined : { kind: "awaiting-window", reason: held };
}
