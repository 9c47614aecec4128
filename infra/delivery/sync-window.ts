import type { Calendar } from "../calendar/calendar.ts";
import { freezeWindows } from "../calendar/freeze-windows.ts";
import type { Freeze } from "../calendar/freeze.ts";
import { isOver } from "../calendar/freeze.ts";
import { strategyWindows } from "../calendar/strategy-windows.ts";
import type { Window } from "../calendar/window.ts";
import type { AppProjectSpec } from "../crds/argocd.ts";

import type { DeliveryApplication, DeliveryEnvironment } from "./environment.ts";

type ProjectWindow = NonNullable<AppProjectSpec["syncWindows"]>[number] & { readonly description?: string };

/** All windows of an AppProject: those of the strategies, application by application, then those of the freezes. */
export function projectWindows(environment: DeliveryEnvironment, calendar: Calendar): ProjectWindow[] {
  const { name, applications } = environment;
  return [
    ...applications.flatMap((application) =>
      applicationWindows(application, calendar.now).map((window) => projectWindow([application], window)),
    ),
    ...calendar.freezes
      .filter((freeze) => freeze.environment === name && !isOver(freeze, calendar.now))
      .flatMap((freeze) => frozen(freeze, applications)),
  ];
}

function applicationWindows({ sync }: DeliveryApplication, now: Date): readonly Window[] {
  switch (sync.kind) {
    case "continuous":
    case "manual":
      return [];
    case "maintenance":
    case "scheduled":
      return strategyWindows(sync, now);
    case "windows":
      return sync.windows;
  }
}

/** What only people sync is frozen for people too: otherwise its freeze would stop nothing. */
function frozen(freeze: Freeze, applications: readonly DeliveryApplication[]): ProjectWindow[] {
  const meant = applications.filter(({ application }) => freeze.applications?.includes(application) ?? true);
  const byPeople = meant.filter(({ sync }) => sync.kind === "manual" || freeze.strict);
  const byItself = meant.filter((application) => !byPeople.includes(application));
  return [
    ...freezeWindows(freeze, true).map((window) => projectWindow(byItself, window)),
    ...freezeWindows(freeze, false).map((window) => projectWindow(byPeople, window)),
  ].filter(({ applications: named }) => named !== undefined && named.length > 0);
}

/**
 * A window of the AppProject that holds for some Applications.
 * It always names them: a window without a selector matches nothing, and says nothing about it.
 */
function projectWindow(applications: readonly DeliveryApplication[], window: Window): ProjectWindow {
  return { ...window, applications: applications.map(({ name }) => name) };
}
