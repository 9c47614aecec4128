/** Background processes of a local platform: started, found again, listed and stopped by name. */
export { ensureProcess } from "./ensure-process.ts";
export type { EnsuredProcess } from "./ensure-process.ts";
export { listProcesses } from "./list-processes.ts";
export type { ProcessStatus } from "./list-processes.ts";
export { logFile, logTail } from "./logs.ts";
export { choosePorts } from "./ports.ts";
export { httpProbe, tcpProbe } from "./probes.ts";
export { sourceFiles } from "./source-files.ts";
export type { ProbeTls } from "./probes.ts";
export { ProcessError } from "./process-error.ts";
export type { Probe, ProcessSpec } from "./spec.ts";
export { stopProcess } from "./stop-process.ts";
export { inTurn, together } from "./together.ts";
