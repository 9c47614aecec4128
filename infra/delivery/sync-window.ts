import type { SyncWindow } from "../config/delivery.ts";
import type { AppProjectSpec } from "../crds/argocd.ts";

type ProjectWindow = NonNullable<AppProjectSpec["syncWindows"]>[number];

/**
 * A window of the AppProject that holds for one Application.
 * It always names the Application: a window without a selector matches nothing, and says nothing about it.
 */
export function projectWindow(applicationName: string, window: SyncWindow): ProjectWindow {
  return {
    kind: window.kind,
    schedule: window.schedule,
    duration: window.duration,
    timeZone: window.timeZone,
    manualSync: window.manualSync,
    applications: [applicationName],
  };
}
