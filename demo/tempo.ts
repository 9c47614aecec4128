import type { Document } from "yaml";

import { addPatch, overlayFile } from "./git/overlay.ts";
import type { Stage } from "./git/overlay.ts";
import { atRest, readCanary } from "./observe/canary.ts";
import { follow } from "./observe/follow.ts";
import type { Setting } from "./setting.ts";

/** Seconds between two checks of an analysis in the demo: Flagger's shortest (its control loop). */
const interval = "10s";

/**
 * Makes the analyses of one application short enough to watch: a check every 10 s instead of every minute, weights in
 * steps of 20 %, and pods that do not become ready given up after 30 s.
 */
export async function quicken(setting: Setting, stage: Stage): Promise<void> {
  const { bench, client, tell, signal } = setting;
  const current = await readCanary(client, stage.namespace, stage.name);
  if (current.spec.analysis.interval !== interval) {
    tell.act(`a check every ${interval} instead of every ${current.spec.analysis.interval}, so that you need not wait`);
    const weighted = current.spec.analysis.maxWeight !== undefined;
    await bench.commit(`Demo: check ${stage.name} every ${interval}`, () =>
      bench.edit(overlayFile(stage), (document) => addTempo(document, weighted)),
    );
  }
  await follow(
    () => readCanary(client, stage.namespace, stage.name),
    ({ spec, status }) => spec.analysis.interval === interval && atRest.includes(status?.phase ?? ""),
    { what: `${stage.name} with short checks and at rest`, seconds: 300, signal },
  );
}

/** The patch itself; the overlay must not have it yet. */
export function addTempo(document: Document, weighted: boolean): void {
  addPatch(document, "Canary", [
    { op: "replace", path: "/spec/analysis/interval", value: interval },
    { op: "replace", path: "/spec/progressDeadlineSeconds", value: 30 },
    ...(weighted ? [{ op: "replace", path: "/spec/analysis/stepWeight", value: 20 } as const] : []),
  ]);
}
