import { isActive } from "./active.ts";
import type { Window } from "./window.ts";

/** What the windows of an application permit at one instant. */
export interface Verdict {
  /** Whether Argo CD may sync by itself. */
  readonly automatic: boolean;
  /** Whether a person may sync. */
  readonly manual: boolean;
  /** The windows that stop the automation: active `deny`, or else the `allow` windows, none of which is open. */
  readonly stoppedBy: readonly Window[];
}

/**
 * As Argo CD decides it (argo-cd v3.5.7, pkg/apis/application/v1alpha1/types.go, SyncWindows.CanSync): an active `deny`
 * wins, and a person passes when every active `deny` has manualSync; where there is an `allow`, one must be active, or a
 * person passes when every `allow` has manualSync.
 * @param at milliseconds since the epoch
 */
export function verdictAt(windows: readonly Window[], at: number): Verdict {
  const denials = windows.filter((window) => window.kind === "deny" && isActive(window, at));
  if (denials.length > 0) {
    return { automatic: false, manual: denials.every(({ manualSync }) => manualSync), stoppedBy: denials };
  }
  const allowances = windows.filter(({ kind }) => kind === "allow");
  if (allowances.length === 0 || allowances.some((window) => isActive(window, at))) {
    return { automatic: true, manual: true, stoppedBy: [] };
  }
  return { automatic: false, manual: allowances.every(({ manualSync }) => manualSync), stoppedBy: allowances };
}
