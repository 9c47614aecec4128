import type { ComponentChildren } from "preact";

import { clockTime, span } from "../logic/times.ts";
import { now } from "../state/clock.ts";
import { connection, snapshot } from "../state/live.ts";

/** Whether what is shown is what is: in the head of the page. */
export function Live() {
  const { value } = connection;
  const read = snapshot.value?.time;
  const problem = snapshot.value?.problem ?? null;
  if (value.state === "connecting") return <span class="live live-off">Connecting…</span>;
  if (value.state === "no-session") return <span class="live live-off">No session</span>;
  if (value.state === "reconnecting") {
    return <span class="live live-off">Reconnecting since {clockTime(value.since)}</span>;
  }
  if (problem !== null) return <span class="live live-off">Cluster silent since {clockTime(problem.since)}</span>;
  return (
    <span class="live live-on" title={read === undefined ? "" : `facts of ${clockTime(read)}`}>
      Live
    </span>
  );
}

/** What is wrong with the facts as a whole, above everything else. */
export function Notices() {
  const { value } = connection;
  const facts = snapshot.value;
  const asOf =
    facts === undefined || facts.time === "" ? "" : ` What is shown is as it was at ${clockTime(facts.time)}.`;
  return (
    <div class="notices">
      {value.state === "no-session" && <Notice title="No session.">{value.message}</Notice>}
      {value.state === "reconnecting" && (
        <Notice title="Not live.">
          The server does not answer since {clockTime(value.since)} ({span(now.value - value.since)}).{asOf} The page
          tries again by itself.
        </Notice>
      )}
      {facts?.problem != null && (
        <Notice title="The cluster does not answer.">
          {facts.problem.message} (since {clockTime(facts.problem.since)}).{asOf}
        </Notice>
      )}
      {facts?.warnings.map((warning) => (
        <Notice key={warning} title="Warning:">
          {warning}
        </Notice>
      ))}
    </div>
  );
}

function Notice({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <p class="notice" role="alert">
      <strong>{title}</strong> {children}
    </p>
  );
}
