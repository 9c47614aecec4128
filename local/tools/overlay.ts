import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** One text of a module's source that the build reads otherwise; the module itself stays as it is. */
export interface Replacement {
  /** Relative to the module's root. */
  readonly file: string;
  /** Must stand in the file exactly once, so that a new version of the module cannot slip past it. */
  readonly from: string;
  readonly to: string;
  /** Why the tool cannot be told otherwise. */
  readonly reason: string;
}

/**
 * Writes what `go build -overlay` needs for the replacements (`go help build`).
 * @param module directory of the Go module
 * @param into an empty folder for the changed files
 * @returns the arguments for `go build`; none where there is nothing to replace
 * @throws Error when a text does not stand in its file exactly once
 */
export async function overlayFlags(
  module: string,
  replacements: readonly Replacement[],
  into: string,
): Promise<readonly string[]> {
  if (replacements.length === 0) return [];
  await mkdir(into, { recursive: true });
  const replaced: Record<string, string> = {};
  for (const [index, { file, from, to }] of replacements.entries()) {
    const original = join(module, file);
    const source = await readFile(replaced[original] ?? original, "utf8");
    const parts = source.split(from);
    if (parts.length !== 2) {
      throw new Error(
        `${file} has ${JSON.stringify(from)} ${parts.length - 1} times, not once; ` +
          `look at the version in go.mod and mend the replacement in local/tools/manifest.ts`,
      );
    }
    const changed = join(into, `${index}.go`);
    await writeFile(changed, parts.join(to));
    replaced[original] = changed;
  }
  const overlay = join(into, "overlay.json");
  await writeFile(overlay, JSON.stringify({ Replace: replaced }));
  return ["-overlay", overlay];
}
