import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Replaces a file as a whole; nobody but its owner can read it (0600), at no moment. */
export async function writeSecretFile(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.new`, content, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** As `writeSecretFile`, and leaves a file alone that already has that content. */
export async function keepSecretFile(path: string, content: string): Promise<void> {
  if ((await readTextIfThere(path)) !== content) await writeSecretFile(path, content);
}

export async function readTextIfThere(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}
