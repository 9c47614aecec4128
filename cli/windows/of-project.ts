import type { Window } from "../../infra/calendar/window.ts";
import type { AppProjectSpec } from "../../infra/crds/argocd.ts";

type ProjectWindow = NonNullable<AppProjectSpec["syncWindows"]>[number] & { readonly description?: string };

/**
 * The windows of an AppProject, as the API server gives it, that hold for an Application. Windows that select by
 * namespace or cluster are none of this platform's, and are left out; so are names with a wildcard.
 * @param application name of the Application, such as `core-trading-prod`
 */
export function windowsOf(
  project: { readonly spec: Pick<AppProjectSpec, "syncWindows"> },
  application: string,
): Window[] {
  const windows: readonly ProjectWindow[] = project.spec.syncWindows ?? [];
  return windows.flatMap(({ kind, schedule, duration, timeZone, manualSync, description, applications }): Window[] => {
    if (applications?.includes(application) !== true || schedule === undefined || duration === undefined) return [];
    return [
      {
        kind: kind === "deny" ? "deny" : "allow",
        schedule,
        duration,
        // Argo CD takes UTC for a time zone that is left out (types.go, SyncWindow.Validate).
        timeZone: timeZone === undefined || timeZone === "" ? "UTC" : timeZone,
        manualSync: manualSync ?? false,
        ...(description === undefined ? {} : { description }),
      },
    ];
  });
}
