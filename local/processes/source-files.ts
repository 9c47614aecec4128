import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The sources of a program that runs from them, for `files` of its spec: another version of them means a restart.
 * @param folders each with everything below it
 * @returns absolute paths, sorted
 */
export async function sourceFiles(folders: readonly URL[]): Promise<readonly string[]> {
  const found = await Promise.all(
    folders.map((url) => readdir(fileURLToPath(url), { recursive: true, withFileTypes: true })),
  );
  const files = found.flat().filter((entry) => entry.isFile() && entry.name.endsWith(".ts"));
  return files.map((entry) => join(entry.parentPath, entry.name)).sort();
}
