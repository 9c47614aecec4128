import pidusage from "pidusage";

import type { Layout } from "../layout.ts";

import { logFile } from "./logs.ts";
import { isAlive, readRecords } from "./records.ts";

/** A process that the platform started, as it is now. */
export interface ProcessStatus {
  readonly name: string;
  readonly pid: number;
  readonly alive: boolean;
  /** Resident memory in bytes; 0 when it is not alive. */
  readonly memoryBytes: number;
  readonly ports: Readonly<Record<string, number>>;
  readonly log: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** Every process with a record, by name: one that was stopped has none, one that crashed is not alive. */
export async function listProcesses(layout: Layout): Promise<readonly ProcessStatus[]> {
  return Promise.all(
    (await readRecords(layout)).map(async (record) => {
      const alive = await isAlive(record);
      return {
        name: record.name,
        pid: record.pid,
        alive,
        memoryBytes: alive ? await residentBytes(record.pid) : 0,
        ports: record.ports,
        log: logFile(layout, record.name),
        startedAt: record.startedAt,
      };
    }),
  );
}

async function residentBytes(pid: number): Promise<number> {
  return pidusage(pid).then(
    (usage) => usage.memory,
    () => 0,
  );
}
