import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";

import { UsageError } from "../../errors.ts";
import { writeOut } from "../../write-out.ts";

/**
 * Writes to standard output, or to a file whose folders are made.
 * @throws UsageError when the file cannot be written
 */
export async function deliver(text: string, out: string | undefined): Promise<void> {
  if (out === undefined) {
    await writeOut(text);
    return;
  }
  try {
    await mkdir(dirname(resolve(out)), { recursive: true });
    await writeFile(resolve(out), text);
  } catch (error) {
    throw new UsageError(`--out "${out}": cannot be written: ${(error as Error).message}`);
  }
}
