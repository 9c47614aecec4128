import type { DashboardApplication } from "../../cli/dashboard/model.ts";
import { applicationHash } from "../logic/routes.ts";
import { states, waitingWords } from "../logic/states.ts";
import { ago, fullTime } from "../logic/times.ts";
import { now } from "../state/clock.ts";
import { changed } from "../state/live.ts";

import { Badge } from "./badge.tsx";
import { Canary, isUnderWay } from "./canary.tsx";
import { Icon } from "./icon.tsx";
import { Pods } from "./scaling.tsx";
import { ImagePair, RevisionPair } from "./version.tsx";

/** One application in one environment, in the flow. */
export function Stage({ status, drift }: { readonly status: DashboardApplication; readonly drift: string }) {
  const { environment, application, state, progress, windows } = status;
  const why = [waitingWords(status), status.reason].filter((text) => text !== "").join("; ");
  return (
    <article
      class={`stage state-${state}${changed.value.has(status.id) ? " just-changed" : ""}`}
      data-id={status.id}
      aria-label={`${application} in ${environment}`}
    >
      <header>
        <Badge state={state} />
        <a class="stage-environment" href={applicationHash(application, environment)}>
          <span class="visually-hidden">{application} in </span>
          {environment}
        </a>
      </header>
      <p class="stage-version">
        <ImagePair {...status} />
        <Pods {...status} />
      </p>
      <p class="muted stage-line">
        <RevisionPair {...status} />
        <span>
          {status.sync}, {status.health}
        </span>
        {status.syncedAt !== null && (
          <span title={fullTime(status.syncedAt)}>
            {ago(status.syncedAt, now.value)}
            {status.syncedBy === null ? "" : ` by ${status.syncedBy}`}
          </span>
        )}
      </p>
      {progress !== null && isUnderWay(progress) && (
        <Canary progress={progress} name={`${application} in ${environment}`} />
      )}
      {windows !== null && (
        <p class="stage-line stage-window">
          <Icon name={windows.automatic ? "check" : "lock"} /> <span>{windows.message}</span>
        </p>
      )}
      {why !== "" && (
        <p class="reason">
          <span class="visually-hidden">{states[state].word}: </span>
          {why}
        </p>
      )}
      {drift !== "" && <p class="muted stage-line">{drift}</p>}
    </article>
  );
}
