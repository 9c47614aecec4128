import type { EnvironmentSummary, Snapshot } from "../../cli/dashboard/model.ts";
import { timelineRows } from "../logic/timeline.ts";
import { zone } from "../logic/times.ts";

import { ActionButton } from "./action/button.tsx";
import { TimelineTable } from "./timeline-table.tsx";
import { Axis, TimelineLine } from "./timeline.tsx";

/** When Argo CD may sync in the next days, as a picture and as a table. */
export function Windows({ facts, open = false }: { readonly facts: Snapshot; readonly open?: boolean }) {
  const rows = timelineRows(facts.applications);
  const always = facts.applications.filter(({ timeline }) => timeline.length === 0);
  return (
    <section aria-labelledby="windows" class="windows">
      <div class="section-head">
        <h2 id="windows">Windows</h2>
        <p class="muted">next 7 days, {zone()}</p>
        <p class="legend" aria-hidden="true">
          <span class="swatch open" /> open <span class="swatch person" /> a person gets through{" "}
          <span class="swatch closed" /> closed
        </p>
      </div>
      {rows.length > 0 && (
        <div class="timeline">
          <Axis />
          {rows.map((row) => (
            <TimelineLine key={`${row.environment} ${row.applications[0]?.application}`} row={row} />
          ))}
        </div>
      )}
      {always.length > 0 && <p class="muted">Always open: {alwaysOpen(facts, always)}.</p>}
      {rows.length > 0 && (
        <details open={open}>
          <summary>Windows as a table</summary>
          <TimelineTable rows={rows} />
        </details>
      )}
      <Freezes environments={facts.environments.filter(({ present }) => present)} />
    </section>
  );
}

function Freezes({ environments }: { readonly environments: readonly EnvironmentSummary[] }) {
  return (
    <p class="actions">
      {environments.map(({ name: environment }) => (
        <span key={environment} class="actions">
          <ActionButton target={{ name: "freeze", environment }} />
          <ActionButton target={{ name: "unfreeze", environment }} />
        </span>
      ))}
    </p>
  );
}

/** `all in dev; app, reporting in prod` */
function alwaysOpen({ environments, applications }: Snapshot, always: Snapshot["applications"]): string {
  const named = environments.flatMap(({ name }) => {
    const own = always.filter(({ environment }) => environment === name).map(({ application }) => application);
    const all = applications.filter(({ environment }) => environment === name).length;
    return own.length === 0 ? [] : [`${own.length === all ? "all" : own.join(", ")} in ${name}`];
  });
  return named.join("; ");
}
