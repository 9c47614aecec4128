import type { Document } from "yaml";

import { addPatch, overlayFile } from "./git/overlay.ts";
import type { Stage } from "./git/overlay.ts";
import { describeCanary, readCanary } from "./observe/canary.ts";
import type { Canary } from "./observe/canary.ts";
import { FlaggerWords } from "./observe/flagger-words.ts";
import { follow } from "./observe/follow.ts";
import { judgementAfter } from "./observe/judgement.ts";
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
  setting: Setting,
  { stage, message, change }: Release,
): Promise<{ readonly commit: string; readonly canary: Canary }> {
  const { bench, client, tell } = setting;
  const before = await readCanary(client, stage.namespace, stage.name);
  const commit = await bench.commit(message, () => bench.edit(overlayFile(stage), change));
  if (commit === undefined) throw new Error(`"${message}" changes nothing in ${overlayFile(stage)}`);
  tell.act(`git push origin HEAD:${bench.branch}   ${await bench.describe(commit)}`);
  return { commit, canary: await analysed(setting, stage, before) };
}

/** Waits until Flagger has judged a revision that is not the one of `before`; tells what it says and each new status. */
export async function analysed(setting: Setting, stage: Stage, before: Canary): Promise<Canary> {
  const { client, layout, tell, signal } = setting;
  const words = await FlaggerWords.of(layout, stage);
  const isJudged = judgementAfter(before);
  let shown = describeCanary(before);
  return follow(
    async () => {
      for (const line of await words.next()) tell.hear("flagger", line);
      return readCanary(client, stage.namespace, stage.name);
    },
    (canary) => {
      const line = describeCanary(canary);
      if (line !== shown) tell.hear("canary", `${stage.name}: ${line}`);
      shown = line;
      return isJudged(canary);
    },
    { what: `the analysis of ${stage.name}`, seconds: 420, signal },
  );
}
