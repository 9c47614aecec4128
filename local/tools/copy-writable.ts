import { chmod, copyFile, mkdir, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Copies a file or a folder so that its owner can change and delete the copy: Go's module cache is read-only, folders
 * included. Keeps the executable bit.
 */
export async function copyWritable(from: string, to: string): Promise<void> {
  const source = await stat(from);
  if (source.isDirectory()) {
    await mkdir(to, { recursive: true });
    for (const name of await readdir(from)) await copyWritable(join(from, name), join(to, name));
    return;
  }
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
  await chmod(to, (source.mode & 0o777) | 0o200);
}
