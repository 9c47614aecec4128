import type { Document } from "yaml";

import { addPatch, overlayFile } from "./git/overlay.ts";
import type { Stage } from "./git/overlay.ts";
import { atRest, readCanary } from "./observe/canary.ts";
import type { Canary } from "./observe/canary.ts";
import { follow } from "./observe/follow.ts";
import type { Setting } from "./setting.ts";

/** Between two checks of an analysis in the demo: Flagger's shortest (its control loop); and for pods to become ready. */
const tempo = { interval: "10s", progressDeadlineSeconds: 30 } as const;

/**
 * Makes the analyses of one application short enough to watch: a check every 10 s instead of every minute, weights in
 * steps of 20 %, and pods that do not become ready given up after 30 s.
 */
export async function quicken(setting: Setting, stage: Stage): Promise<void> {
  const { bench, client, tell, signal } = setting;
  const current = await readCanary(client, stage.namespace, stage.name);
  if (!isQuick(current)) {
    const { interval } = current.spec.analysis;
    tell.act(`a check every ${tempo.interval} instead of every ${interval}, so that you need not wait`);
    const weighted = current.spec.analysis.maxWeight !== undefined;
    await bench.commit(`Demo: check ${stage.name} every ${tempo.interval}`, () =>
      bench.edit(overlayFile(stage), (document) => addTempo(document, weighted)),
    );
  }
  await follow(
    () => readCanary(client, stage.namespace, stage.name),
    (canary) => isQuick(canary) && atRest.includes(canary.status?.phase ?? ""),
    { what: `${stage.name} with short checks and at rest`, seconds: 300, signal },
  );
}

function isQuick({ spec }: Canary): boolean {
  return spec.analysis.interval === tempo.interval && spec.progressDeadlineSeconds === tempo.progressDeadlineSeconds;
}

/** The patch itself; the overlay must not have it yet. */
export function addTempo(document: Document, weighted: boolean): void {
  addPatch(document, "Canary", [
    { op: "replace", path: "/spec/analysis/interval", value: tempo.interval },
    { op: "replace", path: "/spec/progressDeadlineSeconds", value: tempo.progressDeadlineSeconds },
    ...(weighted ? [{ op: "replace", path: "/spec/analysis/stepWeight", value: 20 } as const] : []),
  ]);
}
