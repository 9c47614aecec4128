import type { Decision } from "../recovery/decision.ts";
import { refused } from "../recovery/decision.ts";
import { windowMessage } from "../windows/message.ts";

import type { Subject } from "./event.ts";

/** Whether nobody lets a commit through now: the engine by itself, or the person who syncs where it does not. */
function isClosed({ windows, automated }: Subject): boolean {
  return windows !== undefined && !(automated === false ? windows.manual : windows.automatic);
}

/**
 * What a person has to do before a commit runs: `nothing`, because Argo CD or Flux does it; `sync`; or `wait`, because the window
 * is closed to people too.
 */
export function needsPerson(subject: Subject): "nothing" | "sync" | "wait" {
  if (!isClosed(subject)) return subject.automated === false ? "sync" : "nothing";
  return subject.windows?.manual === true ? "sync" : "wait";
}

/**
 * The guard that only a person has: in a closed window a rollback would wait, unseen, until it opens.
 * @param emergency whether it cannot wait, which is then recorded
 * @returns undefined when nothing speaks against a rollback
 */
export function heldByWindow(subject: Subject, emergency: boolean, now: Date): Decision | undefined {
  if (emergency || subject.windows === undefined || !isClosed(subject)) return undefined;
  const { name } = subject.event;
  const words = `the window of ${name} does not let a rollback through: ${windowMessage(subject.windows, now)}`;
  const way =
    needsPerson(subject) === "sync"
      ? 'Where it cannot wait, --emergency "<why>" commits it, syncs it, and records why'
      : 'The window is closed to people too; --emergency "<why>" commits it and records why, and it waits there';
  return refused(`${words}. ${way}`, true);
}

/** How a commit gets to the cluster that a window, or a manual sync, holds up; undefined when it gets there by itself. */
export function howItGetsThrough(subject: Subject, now: Date): string | undefined {
  const { event, windows } = subject;
  const { application, environment, name } = event;
  const flux = subject.engine === "flux";
  const sync = flux ? `gitops approve ${application} --env ${environment}` : `argocd app sync ${name}`;
  switch (needsPerson(subject)) {
    case "nothing":
      return undefined;
    case "sync":
      return isClosed(subject)
        ? `the window is closed: ${sync} lets it in now`
        : `${flux ? `Flux has ${name} suspended` : "Argo CD does not sync it by itself"}: a person lets it in (${sync})`;
    case "wait": {
      const until = windows === undefined ? "" : ` (${windowMessage(windows, now)})`;
      return `the window is closed to people too${until}: the commit waits until it opens`;
    }
  }
}
