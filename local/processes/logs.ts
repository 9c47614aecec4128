import { appendFile, open, rename, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";

import type { Layout } from "../layout.ts";

/** A log that is larger at the start of its process becomes `<name>.log.1`. In bytes. */
const rotateAbove = 10 * 1024 * 1024;

export function logFile(layout: Layout, name: string): string {
  return join(layout.logs, `${name}.log`);
}

/** Opens the log for appending, marked with the start. The caller closes it. */
export async function openLog(layout: Layout, name: string): Promise<FileHandle> {
  const file = logFile(layout, name);
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > rotateAbove) await rename(file, `${file}.1`);
  await appendFile(file, `${marker(name)} ${new Date().toISOString()}\n`, { mode: 0o600 });
  return open(file, "a", 0o600);
}

const marker = (name: string): string => `--- start of ${name}`;

/** The last lines that the process wrote since its last start. */
export async function logTail(layout: Layout, name: string, lines = 15): Promise<readonly string[]> {
  const handle = await open(logFile(layout, name), "r").catch(() => undefined);
  if (handle === undefined) return [];
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, 64 * 1024);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const written = buffer.toString("utf8").split("\n");
    const start = written.findLastIndex((line) => line.startsWith(marker(name)));
    return written
      .slice(start + 1)
      .filter((line) => line.trim() !== "")
      .slice(-lines);
  } finally {
    await handle.close();
  }
}

/** The cause that the lines of a log give away, in our words; undefined when none is known. */
export function knownCause(
  lines: readonly string[],
): { readonly kind: "port-taken" | "other"; readonly text: string } | undefined {
  const text = lines.join("\n");
  if (/address already in use|EADDRINUSE/i.test(text)) {
    return { kind: "port-taken", text: "its port was taken by another program; start again" };
  }
  if (/no space left on device|ENOSPC/i.test(text)) return { kind: "other", text: "the disk is full" };
  if (/too many open files|EMFILE/i.test(text)) {
    return { kind: "other", text: "too many open files; raise the limit with `ulimit -n 8192`" };
  }
  if (/cannot allocate memory|out of memory/i.test(text))
    return { kind: "other", text: "the machine is out of memory" };
  return undefined;
}
