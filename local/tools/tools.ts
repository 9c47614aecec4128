import { join } from "node:path";

import type { BinaryName, FilesFolder, ToolFolder } from "./manifest.ts";
import type { Recipe } from "./recipe.ts";

/** A program that can be started. */
export interface Tool {
  /** Absolute. */
  readonly path: string;
  /** Of the Go module it comes from, such as "v1.36.3". */
  readonly version: string;
}

/** The tools of some folders, by the names of their binaries. */
export type Tools<F extends ToolFolder = ToolFolder> = { readonly [B in BinaryName<F>]: Tool } & {
  /** Directories with files of a tool's module, at the paths they have there (`files.argocd` + "/manifests/..."). */
  readonly files: { readonly [K in F & FilesFolder]: string };
};

/** A folder whose tools are there. */
export interface Installed {
  readonly recipe: Recipe;
  /** Absolute paths by binary name. */
  readonly paths: ReadonlyMap<string, string>;
  readonly filesDirectory?: string;
}

/** An entry of the cache as installed tools. */
export function fromCache(recipe: Recipe, directory: string): Installed {
  const names = Object.keys(recipe.spec.binaries);
  return {
    recipe,
    paths: new Map(names.map((name) => [name, join(directory, "bin", name)])),
    ...(recipe.spec.files === undefined ? {} : { filesDirectory: join(directory, "files") }),
  };
}

/** What callers get. `installed` must hold every folder of F. */
export function toTools<F extends ToolFolder>(installed: readonly Installed[]): Tools<F> {
  const files: Partial<Record<ToolFolder, string>> = {};
  const binaries: Record<string, Tool> = {};
  const folders: ReadonlySet<string> = new Set(installed.map(({ recipe }) => recipe.folder));
  for (const { recipe, paths, filesDirectory } of installed) {
    // Its binaries have the names of that folder's.
    if (folders.has(recipe.spec.otherVersionOf ?? "")) continue;
    if (filesDirectory !== undefined) files[recipe.folder] = filesDirectory;
    for (const [name, path] of paths) binaries[name] = { path, version: recipe.version };
  }
  return { ...binaries, files } as Tools<F>;
}
