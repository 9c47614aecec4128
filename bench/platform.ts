import { ThrowAwayPlatform } from "../test/platform/support/platform.ts";

import { commitToSynced } from "./commit-to-synced.ts";
import { driftHealing } from "./drift-healing.ts";
import { memory } from "./memory.ts";
import type { PlatformFigures } from "./result.ts";
import { round, secondsSince, summarize } from "./statistics.ts";

export interface MeasurePlatformOptions {
  /** Commits that are deployed, one after the other. */
  readonly commits: number;
  /** Changes by hand, each after another of the commits; at most as many as there are commits. */
  readonly drifts: number;
  /** One line for a person who waits. */
  readonly onProgress: (line: string) => void;
  /** Aborted: the measurement ends after the step that is under way, and its platform goes. */
  readonly signal: AbortSignal;
}

/** Measures on a platform of its own, which is gone afterwards. @throws what did not work, with the logs' ends */
export async function measurePlatform(options: MeasurePlatformOptions): Promise<PlatformFigures> {
  const { commits, drifts, onProgress, signal } = options;
  const on = await ThrowAwayPlatform.create();
  try {
    const firstStart = await timed(() => on.start());
    onProgress(`first start: ${firstStart} s`);
    signal.throwIfAborted();
    await on.stop();
    const warmStart = await timed(() => on.start());
    onProgress(`warm start: ${warmStart} s`);

    const deployed: number[] = [];
    const healed: number[] = [];
    for (let index = 1; index <= commits; index += 1) {
      signal.throwIfAborted();
      deployed.push(await commitToSynced(on, `8.0.${index}`));
      onProgress(`commit ${index} of ${commits}: Synced after ${round(deployed.at(-1) ?? 0)} s`);
      if (healed.length >= drifts) continue;
      healed.push(await driftHealing(on));
      onProgress(`change by hand ${healed.length} of ${drifts}: healed after ${round(healed.at(-1) ?? 0)} s`);
    }
    return {
      firstStart,
      warmStart,
      commitToSynced: summarize(deployed),
      driftHealing: summarize(healed),
      memory: await memory(on.layout),
    };
  } finally {
    await on.remove();
  }
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await task();
  return round(secondsSince(begin));
}
