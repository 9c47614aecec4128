import type { Role } from "../traffic/tally.ts";

/** One pod with a process, in the answer of `GET /pods`. */
export interface PodInfo {
  readonly namespace: string;
  readonly name: string;
  /** The label; empty for a pod without one. */
  readonly application: string;
  readonly role: Role;
  /** Undefined while the program does not run. */
  readonly pid?: number;
  /** On loopback. */
  readonly port?: number;
  readonly ready: boolean;
  readonly terminating: boolean;
  readonly restarts: number;
  /** `Running`, or why it is not: `CrashLoopBackOff`, `ContainerCreating`, `Error`, ... */
  readonly state: string;
}

/** An answer that is no success. */
export interface Refusal {
  readonly error: string;
}
