import { start } from "../local/commands/start.ts";
import { status } from "../local/commands/status.ts";
import type { Layout } from "../local/layout.ts";

import type { Stage } from "./git/overlay.ts";
import type { Narrator } from "./narrator.ts";
import type { Scene } from "./scenes/index.ts";
import { closeSetting, openSetting } from "./setting.ts";
import { putBack, tidy } from "./tidy.ts";

export interface PlayOptions {
  readonly layout: Layout;
  /** In this order. */
  readonly scenes: readonly Scene[];
  readonly tell: Narrator;
  /** Aborted: the scene that is on ends, and the branch is put back. */
  readonly signal: AbortSignal;
}

/**
 * Plays scenes on a running platform, which is started where it does not run, and puts the applications back.
 * @throws the first error, after Git is put back
 */
export async function play({ layout, scenes, tell, signal }: PlayOptions): Promise<void> {
  if ((await status(layout)).state !== "running") {
    tell.scene("The platform does not run yet: npm start");
    await start(layout, { engine: "rehearsal", signal });
  }
  const setting = await openSetting(layout, tell, signal);
  const touched = new Map<string, Stage>();
  try {
    for (const scene of scenes) {
      signal.throwIfAborted();
      tell.scene(scene.title);
      touched.set(`${scene.stage.namespace}/${scene.stage.name}`, scene.stage);
      await scene.play(setting);
    }
    tell.scene("Cleaning up");
    await tidy(setting, [...touched.values()]);
  } catch (error) {
    const commit = await putBack(setting, [...touched.values()]).catch(() => undefined);
    if (commit !== undefined) tell.act(`put back by ${commit.slice(0, 8)}; the platform follows by itself`);
    throw error;
  } finally {
    await closeSetting(setting);
  }
}
