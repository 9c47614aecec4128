import { cpus, totalmem } from "node:os";

import type { Summary } from "./statistics.ts";

/** What `npm run bench` measured. Seconds unless a name says otherwise. */
export interface BenchResult {
  /** ISO 8601. */
  readonly at: string;
  readonly machine: { readonly cpus: number; readonly memoryMebibytes: number; readonly node: string };
  /** Undefined where it was left out (`--only`). */
  readonly plan?: PlanFigures;
  /** Undefined where it was left out (`--only`). */
  readonly platform?: PlatformFigures;
}

/** `gitops plan` of the largest stack, and commands to compare it with. */
export interface PlanFigures {
  readonly stack: string;
  readonly whole: Summary;
  readonly others: readonly { readonly name: string; readonly figure: PlanFigure }[];
}

/** Seconds, or why there are none. */
export type PlanFigure = Summary | { readonly reason: string };

/** The local platform. */
export interface PlatformFigures {
  /** `npm start` on a new folder with cached tools. */
  readonly firstStart: number;
  /** `npm start` after `npm stop`. */
  readonly warmStart: number;
  /** From the begin of `git push` until the Application is Synced and the cluster has the new image. */
  readonly commitToSynced: Summary;
  /** From a change by hand until the Deployment says again what Git says, and its pods run. */
  readonly driftHealing: Summary;
  readonly memory: { readonly totalMebibytes: number; readonly processes: readonly ProcessMemory[] };
}

/** Memory of one process of the platform. */
export interface ProcessMemory {
  readonly name: string;
  /** Resident, in MiB. */
  readonly mebibytes: number;
}

/**
 * What the figures should stay under: p50 in seconds, memory in MiB. A plan takes no longer than the synthesis alone of
 * a comparable CDK EKS blueprint, which took 1.65 s on the machine with 2 cores that this platform was made on.
 */
export const aims = { plan: 1.65, commitToSynced: 5, warmStart: 60, memoryMebibytes: 3072 } as const;

export const machine = (): BenchResult["machine"] => ({
  cpus: cpus().length,
  memoryMebibytes: Math.round(totalmem() / 1024 ** 2),
  node: process.version,
});
