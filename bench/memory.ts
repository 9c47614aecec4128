import type { Layout } from "../local/layout.ts";
import { listProcesses } from "../local/processes/index.ts";

import type { PlatformFigures } from "./result.ts";

const mebibytes = (bytes: number): number => Math.round(bytes / 1024 ** 2);

/**
 * The resident memory of every process. Pages that two processes share, such as the code of the control plane's common
 * binary, count for both: the total is rather too high than too low.
 */
export async function memory(layout: Layout): Promise<PlatformFigures["memory"]> {
  const processes = await listProcesses(layout);
  const total = processes.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
  return {
    totalMebibytes: mebibytes(total),
    processes: processes.map(({ name, memoryBytes }) => ({ name, mebibytes: mebibytes(memoryBytes) })),
  };
}
