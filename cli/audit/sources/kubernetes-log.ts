import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

import { parseEventLine } from "./kubernetes-event.ts";
import type { KubernetesEvent } from "./kubernetes-event.ts";

/** How a file went. */
export interface ReadLog {
  /** Lines that are not empty. */
  readonly lines: number;
  /** Lines that are no event. */
  readonly unreadable: number;
  /** Of the first event; undefined without one. */
  readonly first: Date | undefined;
}

/**
 * The files of a log that kube-apiserver rotates, oldest first: `audit-<time>.log` beside `audit.log`
 * (natefinch/lumberjack, lumberjack.go, `backupTimeFormat`).
 */
export async function rotatedFiles(file: string): Promise<readonly string[]> {
  const [folder, extension] = [dirname(file), extname(file)];
  const stem = basename(file, extension);
  const old = (await readdir(folder)).filter(
    (name) =>
      name.startsWith(`${stem}-`) && /^\d{4}-\d\d-\d\dT[\d.-]+$/.test(basename(name, extension).slice(stem.length + 1)),
  );
  return [...old.sort().map((name) => join(folder, name)), file];
}

/**
 * Gives the events of a file, or of standard input for `-`, to `take`, one by one: the file may be larger than memory.
 * A file that ends in .gz is unpacked on the way.
 * @throws when it cannot be read
 */
export async function readLog(file: string, take: (event: KubernetesEvent) => void): Promise<ReadLog> {
  const source: Readable = file === "-" ? process.stdin : createReadStream(file);
  const unpacked = file.endsWith(".gz") ? source.pipe(createGunzip()) : source;
  let [lines, unreadable] = [0, 0];
  let first: Date | undefined;
  let failure: Error | undefined;
  const reader = createInterface({ input: unpacked, crlfDelay: Infinity });
  // readline ends quietly when its input fails.
  for (const stream of [source, unpacked]) {
    stream.once("error", (error: Error) => {
      failure = error;
      reader.close();
    });
  }
  for await (const line of reader) {
    if (line.trim() === "") continue;
    lines += 1;
    const event = parseEventLine(line);
    if (event === undefined) {
      unreadable += 1;
      continue;
    }
    first ??= new Date(event.requestReceivedTimestamp);
    take(event);
  }
  if (failure !== undefined) throw failure;
  return { lines, unreadable, first };
}
