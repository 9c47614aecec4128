import { access, constants, mkdir, mkdtemp, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join, resolve } from "node:path";

import envPaths from "env-paths";

import type { Recipe } from "./recipe.ts";

/** What one build left in the cache. */
export interface CacheEntry {
  /** Holds `bin/<binary>` and `files/<path within the module>`. */
  readonly directory: string;
}

const partialPrefix = ".partial-";

/** Days after its last use that an entry of an earlier version is kept: switching branches costs no build. */
const keepDays = 30;

/**
 * The folder of all built tools, shared by every checkout of this user.
 *
 * Default: the user's cache directory (`$XDG_CACHE_HOME/gitops-platform` or `~/.cache/gitops-platform` on Linux,
 * `~/Library/Caches/gitops-platform` on macOS), below it `tools`. GITOPS_CACHE_DIR names another.
 */
export function cacheDirectory(): string {
  const chosen = process.env["GITOPS_CACHE_DIR"];
  const root = chosen ? resolve(chosen) : envPaths("gitops-platform", { suffix: "" }).cache;
  return join(root, "tools");
}

/** The entry of this very recipe, or undefined when it is not there with all its binaries. */
export async function findEntry(cache: string, recipe: Recipe): Promise<CacheEntry | undefined> {
  const directory = entryDirectory(cache, recipe);
  try {
    for (const name of Object.keys(recipe.spec.binaries)) await access(join(directory, "bin", name), constants.X_OK);
    for (const file of recipe.spec.files ?? []) await access(join(directory, "files", file));
    const now = new Date();
    // The time of the last use, for `prune`.
    await utimes(directory, now, now);
    return { directory };
  } catch {
    return undefined;
  }
}

/**
 * Lets `fill` write an entry in a folder beside the cache's entries and gives the entry its name at the end, in one step:
 * whoever looks finds all of it or nothing. When `fill` throws, nothing is left.
 *
 * Call it with the build lock held: it also removes what killed builds left.
 */
export async function publish(
  cache: string,
  recipe: Recipe,
  fill: (staging: string) => Promise<void>,
): Promise<CacheEntry> {
  await mkdir(cache, { recursive: true });
  await removeEach(cache, (name) => name.startsWith(partialPrefix));
  const staging = await mkdtemp(join(cache, `${partialPrefix}${recipe.folder}-`));
  const directory = entryDirectory(cache, recipe);
  try {
    await fill(staging);
    // Only an entry that `findEntry` did not accept can be there: something in it was deleted by hand.
    await rm(directory, { recursive: true, force: true });
    await rename(staging, directory);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw error;
  }
  await prune(cache, recipe);
  return { directory };
}

function entryDirectory(cache: string, recipe: Recipe): string {
  return join(cache, `${recipe.folder}-${recipe.digest}`);
}

async function prune(cache: string, recipe: Recipe): Promise<void> {
  const oldest = Date.now() - keepDays * 24 * 3600 * 1000;
  await removeEach(
    cache,
    async (name) => name.startsWith(`${recipe.folder}-`) && (await stat(join(cache, name))).mtimeMs < oldest,
  );
}

async function removeEach(cache: string, chosen: (name: string) => boolean | Promise<boolean>): Promise<void> {
  for (const name of await readdir(cache)) {
    if (await chosen(name)) await rm(join(cache, name), { recursive: true, force: true });
  }
}
