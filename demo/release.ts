import type { Document } from "yaml";

import { addPatch, overlayFile } from "./git/overlay.ts";
import type { Stage } from "./git/overlay.ts";
import { atRest, describeCanary, readCanary } from "./observe/canary.ts";
import type { Canary } from "./observe/canary.ts";
import { tellEvents } from "./observe/events.ts";
import { follow } from "./observe/follow.ts";
import type { Setting } from "./setting.ts";

/** A change of an application's pods. */
export interface Release {
  readonly stage: Stage;
  /** Subject of the commit. */
  readonly message: string;
  readonly change: (document: Document) => void;
}

/** Adds arguments to the program of an overlay. */
export function withArguments(document: Document, ...args: readonly string[]): void {
  const path = "/spec/template/spec/containers/0/args/-";
  addPatch(
    document,
    "Deployment",
    args.map((value) => ({ op: "add", path, value })),
  );
}

/**
 * Releases a change through Git and tells how Flagger judges it, in Flagger's own words.
 * @returns the commit, and the Canary when its analysis is over
 */
export async function release(
  { bench, client, tell, signal }: Setting,
  { stage, message, change }: Release,
): Promise<{ readonly commit: string; readonly canary: Canary }> {
  const before = await readCanary(client, stage.namespace, stage.name);
  const over = new AbortController();
  const events = { namespace: stage.namespace, kind: "Canary", name: stage.name };
  await tellEvents(client, events, (line) => tell.hear("flagger", line), AbortSignal.any([signal, over.signal]));
  try {
    const commit = await bench.commit(message, () => bench.edit(overlayFile(stage), change));
    if (commit === undefined) throw new Error(`"${message}" changes nothing in ${overlayFile(stage)}`);
    tell.act(`git push origin HEAD:${bench.branch}   ${await bench.describe(commit)}`);
    const canary = await analysed({ client, tell, signal }, stage, before);
    return { commit, canary };
  } finally {
    over.abort();
  }
}

/** Waits until Flagger has judged a revision that is not the one of `before`; tells each change of its status. */
export async function analysed(
  { client, tell, signal }: Pick<Setting, "client" | "tell" | "signal">,
  stage: Stage,
  before: Canary,
): Promise<Canary> {
  let shown = describeCanary(before);
  return follow(
    () => readCanary(client, stage.namespace, stage.name),
    (canary) => {
      const line = describeCanary(canary);
      if (line !== shown) tell.hear("canary", `${stage.name}: ${line}`);
      shown = line;
      const { lastAppliedSpec, phase } = canary.status ?? {};
      return lastAppliedSpec !== before.status?.lastAppliedSpec && atRest.includes(phase ?? "");
    },
    { what: `the analysis of ${stage.name}`, seconds: 420, signal },
  );
}
