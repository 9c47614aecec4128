import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { execa } from "execa";
import { z } from "zod";

import { goEnvironment } from "./go-environment.ts";
import type { VersionOf } from "./manifest.ts";

/** The parts of `go mod edit -json` that are read here; `go help mod edit` describes them all. */
const goModJson = z.object({
  Go: z.string(),
  Require: z.array(z.object({ Path: z.string(), Version: z.string() })).nullish(),
  Replace: z
    .array(
      z.object({
        Old: z.object({ Path: z.string() }),
        New: z.object({ Path: z.string(), Version: z.string().optional() }),
      }),
    )
    .nullish(),
});

/** What a go.mod says. */
export interface GoModule {
  /** The least Go version, such as "1.26.0". */
  readonly go: string;
  readonly versionOf: VersionOf;
  /** Every module with the version that is built: `replace` wins over `require`. */
  readonly versions: ReadonlyMap<string, string>;
}

/**
 * Reads the go.mod in a folder with Go itself.
 *
 * Throws when there is none or Go cannot read it; Go's message names the line.
 */
export async function readGoModule(directory: string): Promise<GoModule> {
  const { stdout } = await execa("go", ["mod", "edit", "-json"], { cwd: directory, env: goEnvironment() });
  const parsed = goModJson.parse(JSON.parse(stdout));
  const versions = new Map((parsed.Require ?? []).map(({ Path, Version }) => [Path, Version]));
  for (const { Old, New } of parsed.Replace ?? []) {
    if (New.Version !== undefined) versions.set(Old.Path, New.Version);
  }
  return {
    go: parsed.Go,
    versions,
    versionOf: (goModule) => {
      const version = versions.get(goModule);
      if (version === undefined) {
        throw new Error(`no version of "${goModule}" in ${join(directory, "go.mod")}: run "go mod tidy" there`);
      }
      return version;
    },
  };
}

/** The `go` line of a go.mod without starting Go: for a check that comes before Go is known to be there. */
export async function leastGoVersion(directory: string): Promise<string> {
  const file = join(directory, "go.mod");
  const found = /^go (\d+(?:\.\d+)*)/m.exec(await readFile(file, "utf8"))?.[1];
  if (found === undefined) throw new Error(`no line "go <version>" in ${file}`);
  return found;
}
