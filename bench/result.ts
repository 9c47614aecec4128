import { cpus, totalmem } from "node:os";

import type { Summary } from "./statistics.ts";

/** Memory of one process of the platform. */
export interface ProcessMemory {
  readonly name: string;
  /** Resident, in MiB. */
  readonly mebibytes: number;
}

/** What `npm run bench` measured. Seconds unless a name says otherwise. */
export interface BenchResult {
  /** ISO 8601. */
  readonly at: string;
  readonly machine: { readonly cpus: number; readonly memoryMebibytes: number; readonly node: string };
  /** `npm start` on a new folder with cached tools. */
  readonly firstStart: number;
  /** `npm start` after `npm stop`. */
  readonly warmStart: number;
  /** From the begin of `git push` until the Application is Synced and Healthy and its pods run the new image. */
  readonly commitToHealthy: Summary;
  /** From a change by hand until the Deployment says again what Git says, and its pods run. */
  readonly driftHealing: Summary;
  readonly memory: { readonly totalMebibytes: number; readonly processes: readonly ProcessMemory[] };
}

/** What the figures should stay under: p50 of commitToHealthy and warm start in seconds, memory in MiB. */
export const aims = { commitToHealthy: 5, warmStart: 45, memoryMebibytes: 2560 } as const;

export const machine = (): BenchResult["machine"] => ({
  cpus: cpus().length,
  memoryMebibytes: Math.round(totalmem() / 1024 ** 2),
  node: process.version,
});
