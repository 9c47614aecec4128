import type { DashboardApplication, Snapshot } from "../../cli/dashboard/model.ts";
import type { Route } from "../logic/routes.ts";
import { session } from "../state/live.ts";

import { EnvironmentCard } from "./environment-card.tsx";
import { History } from "./history.tsx";

type ApplicationRoute = Extract<Route, { view: "application" }>;

/** One application: each of its environments in full, and what was deployed. */
export function ApplicationView({ route, facts }: { readonly route: ApplicationRoute; readonly facts: Snapshot }) {
  const { application } = route;
  const own = facts.applications.filter((status) => status.application === application);
  return (
    <>
      <p class="crumb">
        <a href="#/">Overview</a>
      </p>
      <h1 tabIndex={-1}>{application}</h1>
      {own.length === 0 && <p class="notice">There is no application “{application}” in this cluster.</p>}
      <div class="environment-cards">
        {own.map((status) => (
          <EnvironmentCard key={status.id} status={status} next={nextOf(status, facts)} />
        ))}
      </div>
      {own.length > 0 && session.value?.history === true && (
        <History route={route} environments={own.map(({ environment }) => environment)} version={versionOf(own)} />
      )}
      {session.value?.history === false && <p class="muted">There is no clone here to tell the history from.</p>}
    </>
  );
}

/** The environment that it can be promoted to. */
function nextOf({ environment, application }: DashboardApplication, facts: Snapshot): string | undefined {
  const names = facts.environments.map(({ name }) => name);
  const next = names[names.indexOf(environment) + 1];
  return facts.applications.some((one) => one.environment === next && one.application === application)
    ? next
    : undefined;
}

/** What the history has something new to say of. */
const versionOf = (own: readonly DashboardApplication[]): string =>
  JSON.stringify(own.map(({ running, wanted, syncedAt, canary }) => [running, wanted, syncedAt, canary?.phase]));
