import { useEffect, useState } from "preact/hooks";

import type { DashboardHistory } from "../../cli/dashboard/model.ts";
import { short } from "../logic/images.ts";
import { applicationHash } from "../logic/routes.ts";
import type { State } from "../logic/states.ts";
import { ago, fullTime, span } from "../logic/times.ts";
import { now } from "../state/clock.ts";

import { Badge } from "./badge.tsx";
import { DiffOf } from "./diff.tsx";
import { Records } from "./records.tsx";

type Entry = DashboardHistory["deployments"][number];

/** What became of a deployment, as a state of the page. */
const outcomes: Readonly<Record<Entry["outcome"], { readonly word: string; readonly state: State }>> = {
  "running": { word: "Running", state: "well" },
  "replaced": { word: "Replaced", state: "well" },
  "rolled-back": { word: "Rolled back", state: "unwell" },
  "waiting": { word: "Waiting", state: "waiting" },
  "unknown": { word: "Unknown", state: "waiting" },
};

/** One deployment; what it changed opens below. */
export function HistoryEntryLine({ entry, open }: { readonly entry: Entry; readonly open: boolean }) {
  const [shown, setShown] = useState(open);
  useEffect(() => setShown((before) => before || open), [open]);
  const { environment, application, revision, outcome, sync } = entry;
  const { word, state } = outcomes[outcome];
  const id = `${environment}-${revision}`;
  return (
    <li class={`entry outcome-${outcome}`} data-revision={revision}>
      <div class="entry-line">
        <span class="entry-outcome">
          <Badge state={state} word={word} />
        </span>
        <div class="entry-what">
          <h3>{entry.subject}</h3>
          <p class="muted">
            <a href={applicationHash(application, environment, revision)} title={revision}>
              <code>{short(revision)}</code>
            </a>{" "}
            in {environment} by {entry.author},{" "}
            <time dateTime={entry.time} title={fullTime(entry.time)}>
              {ago(entry.time, now.value)}
            </time>
            {entry.kind !== "release" && <span class="tag">{entry.kind}</span>}
            {entry.emergency !== null && <span class="tag tag-warning">emergency: {entry.emergency}</span>}
          </p>
        </div>
        <p class="entry-facts">{factsOf(entry).join("; ")}</p>
        <button type="button" class="small" aria-expanded={shown} aria-controls={id} onClick={() => setShown(!shown)}>
          {shown ? "Hide changes" : "Changes"}
          <span class="visually-hidden"> of {short(revision)}</span>
        </button>
      </div>
      <Links entry={entry} />
      <div id={id} hidden={!shown}>
        {shown && (
          <DiffOf path={`api/diff/${[environment, application, revision].map(encodeURIComponent).join("/")}`} />
        )}
        {shown && <Records records={entry.records} />}
        {shown && sync !== null && (
          <p class="muted">
            Synced {fullTime(sync.finishedAt)} by {sync.by ?? "Argo CD"} at <code>{short(sync.revision)}</code>.
          </p>
        )}
      </div>
    </li>
  );
}

function factsOf({ approvals, sync, analysis }: Entry): string[] {
  const by = [...new Set(approvals.map((approval) => approval.by))];
  return [
    ...(by.length > 0 ? [`approved by ${by.join(", ")}`] : []),
    ...(analysis === null ? [] : [`analysis ${analysis}`]),
    ...(sync?.seconds == null ? [] : [`synced in ${span(sync.seconds * 1000)}`]),
  ];
}

/** To what took it back, and to what it takes back. */
function Links({ entry: { application, environment, rolledBackBy, takesBack } }: { readonly entry: Entry }) {
  if (rolledBackBy === null && takesBack.length === 0) return null;
  const link = (commit: string) => (
    <a key={commit} href={applicationHash(application, environment, commit)}>
      <code>{short(commit)}</code>
    </a>
  );
  return (
    <p class="muted entry-links">
      {rolledBackBy !== null && <>taken back by {link(rolledBackBy)} </>}
      {takesBack.length > 0 && <>takes back {takesBack.map((commit) => [link(commit), " "])}</>}
    </p>
  );
}
