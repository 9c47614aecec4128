import { execa } from "execa";
import which from "which";

import type { Recipe } from "./recipe.ts";

/**
 * The user's own binaries, by name, when every binary of the folder is on PATH in exactly the pinned version; else
 * undefined. Folders that carry files along, or whose version cannot be read, are never taken from PATH.
 */
export async function findOnPath(recipe: Recipe): Promise<ReadonlyMap<string, string> | undefined> {
  if (recipe.spec.files !== undefined) return undefined;
  const paths = new Map<string, string>();
  for (const [name, binary] of Object.entries(recipe.spec.binaries)) {
    if (binary.versionArguments === undefined) return undefined;
    const path = await which(name, { nothrow: true });
    if (path === null || (await versionOf(path, binary.versionArguments)) !== recipe.version) return undefined;
    paths.set(name, path);
  }
  return paths;
}

/**
 * The first version that a program prints, such as "v1.36.3", without build metadata ("+g1234567").
 *
 * It runs as the platform will run it, without the user's HOME: the shim of a version manager, which would pick another
 * version there or none, is so found out.
 */
async function versionOf(path: string, args: readonly string[]): Promise<string | undefined> {
  const result = await execa(path, args, {
    cwd: "/",
    env: { PATH: process.env["PATH"] ?? "" },
    extendEnv: false,
    stdin: "ignore",
    timeout: 10_000,
    reject: false,
  });
  const found = result.failed ? undefined : /\bv?(\d+\.\d+\.\d+[^\s+,]*)/.exec(result.stdout)?.[1];
  return found === undefined ? undefined : `v${found}`;
}
