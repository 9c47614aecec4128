import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import type { Layout } from "../layout.ts";

import { findProcess, processTable } from "./process-table.ts";

const schema = z.object({
  name: z.string(),
  pid: z.number().int().positive(),
  /** See `ProcessEntry.started`. */
  started: z.string(),
  argv: z.array(z.string()),
  digest: z.string(),
  ports: z.record(z.string(), z.number()),
  stopSignal: z.string(),
  stopTimeoutSeconds: z.number(),
  /** ISO 8601, for people. */
  startedAt: z.string(),
});

/** What is remembered of a started process, in `run/<name>.json`. Holds no environment: it may contain secrets. */
export type ProcessRecord = Readonly<z.infer<typeof schema>>;

const fileOf = (layout: Layout, name: string): string => join(layout.run, `${name}.json`);

/** The record of that process; undefined when there is none or a crash left it half-written. */
export async function readRecord(layout: Layout, name: string): Promise<ProcessRecord | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(fileOf(layout, name), "utf8")));
  } catch {
    return undefined;
  }
}

/** All records, by name. */
export async function readRecords(layout: Layout): Promise<readonly ProcessRecord[]> {
  const files = await readdir(layout.run).catch(() => []);
  const names = files.filter((file) => file.endsWith(".json")).map((file) => file.slice(0, -".json".length));
  const records = await Promise.all(names.sort().map((name) => readRecord(layout, name)));
  return records.filter((record) => record !== undefined);
}

/** Written to a file beside and renamed, so that a reader sees the old or the new one. */
export async function writeRecord(layout: Layout, record: ProcessRecord): Promise<void> {
  const file = fileOf(layout, record.name);
  await writeFile(`${file}.new`, `${JSON.stringify(record, undefined, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

export async function removeRecord(layout: Layout, name: string): Promise<void> {
  await rm(fileOf(layout, name), { force: true });
}

/** Whether the very process of the record lives: same pid and same start, as pids are used again. */
export async function isAlive(record: ProcessRecord): Promise<boolean> {
  return (await findProcess(record.pid))?.started === record.started;
}

/**
 * Whether anything that the record's process started in its group still lives, itself included.
 *
 * A leader that ended may leave children. The kernel gives its pid to nobody while they live, so a *living*
 * process with that pid and another start means that the group has become somebody else's.
 */
export async function isGroupAlive(record: ProcessRecord): Promise<boolean> {
  const table = await processTable();
  const leader = table.get(record.pid);
  if (leader !== undefined && leader.started !== record.started) return false;
  return [...table.values()].some((entry) => entry.group === record.pid);
}
