import type { ComponentChildren } from "preact";

import type { DashboardApplication } from "../../cli/dashboard/model.ts";
import { phaseWords } from "../logic/changes.ts";
import { waitingWords } from "../logic/states.ts";
import { ago, fullTime } from "../logic/times.ts";
import { now } from "../state/clock.ts";

import { ActionButton } from "./action/button.tsx";
import { Badge } from "./badge.tsx";
import { Canary, isUnderWay } from "./canary.tsx";
import { Pods, ScalingFacts } from "./scaling.tsx";
import { RevisionPair } from "./version.tsx";

/** Everything about one application in one environment. */
export function EnvironmentCard({
  status,
  next,
}: {
  readonly status: DashboardApplication;
  readonly next: string | undefined;
}) {
  const { environment, application, progress, scaling, windows } = status;
  const why = [waitingWords(status), status.reason].filter((text) => text !== "").join("; ");
  return (
    <section class={`card state-${status.state}`} aria-label={environment} data-id={status.id}>
      <header>
        <h2>{environment}</h2>
        <Badge state={status.state} />
      </header>
      {why !== "" && <p class="reason">{why}</p>}
      <dl>
        <Fact name="Revision">
          <RevisionPair {...status} />
        </Fact>
        <Fact name="Image">
          <code class="wrap">{status.image ?? "none"}</code>
        </Fact>
        {status.nextImage !== null && status.nextImage !== status.image && (
          <Fact name="Next image">
            <code class="wrap">{status.nextImage}</code>
          </Fact>
        )}
        <Fact name="Argo CD">
          {status.sync}, {status.health}
        </Fact>
        <Fact name="Last sync">
          {status.syncedAt === null
            ? "never"
            : `${fullTime(status.syncedAt)} (${ago(status.syncedAt, now.value)}) by ${status.syncedBy ?? "Argo CD"}`}
        </Fact>
        <Fact name="Pods">
          <Pods {...status} />
          {scaling !== null && <ScalingFacts scaling={scaling} />}
        </Fact>
        {progress !== null && (
          <Fact name="Canary">
            {isUnderWay(progress) ? (
              <Canary progress={progress} name={`${application} in ${environment}`} />
            ) : (
              phaseWords(progress.phase)
            )}
            <p class="muted">
              {progress.kind === "weighted" && progress.stepWeight !== null && `steps of ${progress.stepWeight} %, `}
              checked every {progress.interval}
              {progress.metrics.length > 0 && `: ${progress.metrics.join(", ")}`}
            </p>
            {progress.message !== "" && <p>{progress.message}</p>}
          </Fact>
        )}
        <Fact name="Windows">{windows === null ? "always open" : windows.message}</Fact>
      </dl>
      <p class="actions">
        {(status.waitsFor === "sync" || status.waitsFor === "promotion") && (
          <ActionButton target={{ name: "approve", application, environment }} />
        )}
        {next !== undefined && (
          <ActionButton target={{ name: "promote", application, from: environment, environment: next }} />
        )}
        <ActionButton target={{ name: "rollback", application, environment }} />
      </p>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
