import type { DashboardHistory } from "../../cli/dashboard/model.ts";
import type { Route } from "../logic/routes.ts";
import { applicationHash } from "../logic/routes.ts";
import { useFetched } from "../state/fetched.ts";

import { HistoryEntryLine } from "./history-entry.tsx";

interface Props {
  readonly route: Extract<Route, { view: "application" }>;
  readonly environments: readonly string[];
  /** Changes when there is something new. */
  readonly version: string;
}

/** Every deployment of an application: who, when, let through by whom, what became of it. */
export function History({ route: { application, environment, revision }, environments, version }: Props) {
  const query = environment === undefined ? "" : `?env=${encodeURIComponent(environment)}`;
  const path = `api/history/${encodeURIComponent(application)}${query}`;
  const { value, error } = useFetched<DashboardHistory>(path, version);
  return (
    <section aria-labelledby="history" class="history">
      <div class="section-head">
        <h2 id="history">History</h2>
        <nav aria-label="History of">
          {[undefined, ...environments].map((name) => (
            <a
              key={name ?? ""}
              href={applicationHash(application, name)}
              aria-current={name === environment ? "true" : undefined}
            >
              {name ?? "all"}
            </a>
          ))}
        </nav>
      </div>
      {error !== undefined && (
        <p class="notice" role="alert">
          {error}
        </p>
      )}
      {value === undefined && error === undefined && <p class="muted">Asking Git…</p>}
      {value?.warnings.map((warning) => (
        <p class="notice" key={warning}>
          {warning}
        </p>
      ))}
      {value?.deployments.length === 0 && <p class="muted">Nothing was deployed yet.</p>}
      <ol class="entries">
        {value?.deployments.map((entry) => (
          <HistoryEntryLine
            key={`${entry.environment} ${entry.revision}`}
            entry={entry}
            open={entry.revision === revision && entry.environment === environment}
          />
        ))}
      </ol>
    </section>
  );
}
