import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";

import { UsageError } from "../../errors.ts";

/**
 * Writes to standard output, or to a file whose folders are made.
 * @throws UsageError when the file cannot be written
 */
export async function deliver(text: string, out: string | undefined): Promise<void> {
  if (out === undefined) {
    // Awaited: a pipe takes a long text in pieces, and the process must not end in between.
    await new Promise<void>((done, fail) => process.stdout.write(text, (error) => (error ? fail(error) : done())));
    return;
  }
  try {
    await mkdir(dirname(resolve(out)), { recursive: true });
    await writeFile(resolve(out), text);
  } catch (error) {
    throw new UsageError(`--out "${out}": cannot be written: ${(error as Error).message}`);
  }
}
