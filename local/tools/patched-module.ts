import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { execa } from "execa";

import { copyWritable } from "./copy-writable.ts";
import { goEnvironment } from "./go-environment.ts";

/** One text of a module's source that the build reads otherwise. */
export interface Replacement {
  /** Relative to the module's root. */
  readonly file: string;
  /** Must stand in the file exactly once, so that a new version of the module cannot slip past it. */
  readonly from: string;
  readonly to: string;
  /** Why the tool cannot be told otherwise. */
  readonly reason: string;
}

export interface PatchOptions {
  /** Module path, such as "github.com/argoproj/argo-cd/v3". */
  readonly module: string;
  /** Where the module is in Go's cache. */
  readonly source: string;
  /** The folder with the go.mod that builds it. */
  readonly directory: string;
  readonly replacements: readonly Replacement[];
  /** An existing folder for the copy; not needed after the build. */
  readonly into: string;
}

/**
 * Copies a module, changes the copy, and writes a go.mod that builds the copy. (`go build -overlay` refuses files of
 * the module cache.)
 * @returns the arguments for `go build`
 * @throws Error when a text does not stand in its file exactly once
 */
export async function patchModule(options: PatchOptions): Promise<readonly string[]> {
  const copy = join(options.into, "module");
  await copyWritable(options.source, copy);
  for (const replacement of options.replacements) await replaceOnce(copy, replacement);
  const modfile = join(options.into, "patched.mod");
  await copyFile(join(options.directory, "go.mod"), modfile);
  // Go looks for the sums beside the go.mod, under the same name.
  await copyFile(join(options.directory, "go.sum"), join(options.into, "patched.sum"));
  await execa("go", ["mod", "edit", `-replace=${options.module}=${copy}`, modfile], { env: goEnvironment() });
  return [`-modfile=${modfile}`];
}

async function replaceOnce(copy: string, { file, from, to }: Replacement): Promise<void> {
  const path = join(copy, file);
  const parts = (await readFile(path, "utf8")).split(from);
  if (parts.length !== 2) {
    throw new Error(
      `${file} has ${JSON.stringify(from)} ${parts.length - 1} times, not once; ` +
        `look at the version in go.mod and mend the replacement in local/tools/manifest.ts`,
    );
  }
  await writeFile(path, parts.join(to));
}
