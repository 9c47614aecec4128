import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { withBuildLock } from "./build-lock.ts";
import { build } from "./build.ts";
import { cacheDirectory, findEntry, publish } from "./cache.ts";
import type { ToolEvent } from "./events.ts";
import { toolFolders } from "./manifest.ts";
import type { ToolFolder } from "./manifest.ts";
import { findOnPath } from "./on-path.ts";
import { goIdentity, readRecipe } from "./recipe.ts";
import type { Recipe } from "./recipe.ts";
import { TimeLeft } from "./time-left.ts";
import { fromCache, toTools } from "./tools.ts";
import type { Installed, Tools } from "./tools.ts";

export interface EnsureToolsOptions<F extends ToolFolder = ToolFolder> {
  /** Folders of local/tools. Default: all. */
  readonly names?: readonly F[];
  /**
   * Ends a build in progress, with all its processes.
   *
   * To fire it on Ctrl-C use `process.on("SIGINT", ...)`, not `once`: a listener that is gone after its call looks to
   * the lock's exit handler as if nobody cared for the signal, and the process ends on the spot.
   */
  readonly signal?: AbortSignal;
  /** Gets `tool-<folder>.log` for each build. Made if missing. */
  readonly logDirectory: string;
  readonly onEvent: (event: ToolEvent) => void;
}

interface Context {
  readonly cache: string;
  readonly logDirectory: string;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: (event: ToolEvent) => void;
  readonly timeLeft: TimeLeft;
}

/**
 * Finds the pinned tools in the cache or on PATH and builds those that are missing, one after the other.
 *
 * Needs Go: call `checkPrerequisites` first for a helpful message. Can be ended at any time and called again. Throws a
 * `BuildError`, or the signal's reason.
 */
export async function ensureTools<const F extends ToolFolder = ToolFolder>(
  options: EnsureToolsOptions<F>,
): Promise<Tools<F>> {
  const { signal, onEvent, logDirectory } = options;
  signal?.throwIfAborted();
  const wanted: ReadonlySet<ToolFolder> = new Set(options.names ?? toolFolders);
  const folders = toolFolders.filter((folder) => wanted.has(folder));
  const go = await goIdentity();
  const recipes = await Promise.all(folders.map((folder) => readRecipe(folder, go)));
  const cache = cacheDirectory();

  const installed: Installed[] = [];
  const missing: Recipe[] = [];
  for (const recipe of recipes) {
    const found = await find(cache, recipe, onEvent);
    if (found === undefined) missing.push(recipe);
    else installed.push(found);
  }
  const timeLeft = new TimeLeft(missing.map(({ folder }) => folder));
  const context: Context = { cache, logDirectory, signal, onEvent, timeLeft };
  for (const recipe of missing) installed.push(await obtain(recipe, context));
  return toTools<F>(installed);
}

async function find(cache: string, recipe: Recipe, onEvent: Context["onEvent"]): Promise<Installed | undefined> {
  const { folder, version } = recipe;
  const entry = await findEntry(cache, recipe);
  if (entry !== undefined) {
    onEvent({ kind: "found", folder, version, where: "cache" });
    return fromCache(recipe, entry.directory);
  }
  const paths = await findOnPath(recipe);
  if (paths === undefined) return undefined;
  onEvent({ kind: "found", folder, version, where: "path" });
  return { recipe, paths };
}

async function obtain(recipe: Recipe, context: Context): Promise<Installed> {
  const { cache, timeLeft, onEvent } = context;
  const { folder, version } = recipe;
  const onWait = (): void => onEvent({ kind: "waiting", folder, version });
  return withBuildLock(cache, { signal: context.signal, onWait }, async (signal) => {
    // The start that held the lock may have built it meanwhile.
    const entry = await findEntry(cache, recipe);
    if (entry !== undefined) {
      timeLeft.skip(folder);
      onEvent({ kind: "found", folder, version, where: "cache" });
      return fromCache(recipe, entry.directory);
    }
    await mkdir(context.logDirectory, { recursive: true });
    const log = join(context.logDirectory, `tool-${folder}.log`);
    const [expectedSeconds, remainingSeconds] = [timeLeft.expect(folder), timeLeft.remaining()];
    onEvent({ kind: "building", folder, version, expectedSeconds, remainingSeconds, log });
    const begin = performance.now();
    const built = await publish(cache, recipe, (staging) => build(recipe, staging, log, signal));
    const seconds = Math.round((performance.now() - begin) / 100) / 10;
    timeLeft.built(folder, seconds);
    onEvent({ kind: "built", folder, version, seconds, remainingSeconds: timeLeft.remaining() });
    return fromCache(recipe, built.directory);
  });
}
