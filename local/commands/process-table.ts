import Table from "cli-table3";
import pc from "picocolors";

import type { ProcessStatus } from "../processes/index.ts";

/** One line a process: whether it lives, its memory, and where its log is. */
export function processTable(processes: readonly ProcessStatus[]): string {
  const table = new Table({
    head: ["PROCESS", "STATE", "PID", "MiB", "LOG"],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, alive, pid, memoryBytes, log } of processes) {
    const state = alive ? pc.green("running") : pc.red("died");
    table.push([name, state, pid, Math.round(memoryBytes / 1024 / 1024), log]);
  }
  return table.toString();
}
