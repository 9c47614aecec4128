import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { execa } from "execa";

import { buildFlags } from "./build-flags.ts";
import { digest } from "./digest.ts";
import { goEnvironment } from "./go-environment.ts";
import { readGoModule } from "./go-module.ts";
import { toolSpec } from "./manifest.ts";
import type { ToolFolder, ToolSpec } from "./manifest.ts";

/** Everything that decides what a build of one folder yields. */
export interface Recipe {
  readonly folder: ToolFolder;
  readonly spec: ToolSpec;
  /** The folder with go.mod. */
  readonly directory: string;
  /** Of the folder's module, such as "v3.6.5". */
  readonly version: string;
  /** The arguments of `go build` besides the output and the packages. */
  readonly flags: readonly string[];
  /** Names the result in the cache: the same digest, the same binaries. */
  readonly digest: string;
}

/** The folder local/tools. */
export const toolsDirectory: string = fileURLToPath(new URL(".", import.meta.url));

/** Go's version and platform, such as "go1.26.8 linux amd64"; part of every digest. */
export async function goIdentity(): Promise<string> {
  const { stdout } = await execa("go", ["env", "GOVERSION", "GOOS", "GOARCH"], { env: goEnvironment() });
  return stdout.trim().split(/\s+/).join(" ");
}

/** Reads what a build of `folder` depends on. Throws if its go.mod lacks a module that the manifest names. */
export async function readRecipe(folder: ToolFolder, go: string): Promise<Recipe> {
  const directory = join(toolsDirectory, folder);
  const spec = toolSpec(folder);
  const goModule = await readGoModule(directory);
  const flags = buildFlags(spec, goModule.versionOf);
  const names = (await readdir(directory, { recursive: true })).filter((name) => /^go\.(mod|sum)$|\.go$/.test(name));
  const sources: Record<string, string> = {};
  for (const name of names) sources[name] = await readFile(join(directory, name), "utf8");
  return {
    folder,
    spec,
    directory,
    version: goModule.versionOf(spec.module),
    flags,
    digest: digest({
      go,
      flags,
      sources,
      binaries: spec.binaries,
      files: spec.files ?? [],
      replacements: spec.replacements ?? [],
    }),
  };
}
