import Table from "cli-table3";

import { aims } from "./result.ts";
import type { BenchResult } from "./result.ts";
import type { Summary } from "./statistics.ts";

/** The figures for a person. */
export function resultTable(result: BenchResult): string {
  const figures = new Table({ head: ["MEASURED", "P50", "P95", "MIN", "MAX", "AIM"], style });
  const series = ({ p50, p95, min, max }: Summary): string[] => [p50, p95, min, max].map((value) => `${value} s`);
  figures.push(
    ["first start, tools cached", `${result.firstStart} s`, "", "", "", ""],
    ["warm start", `${result.warmStart} s`, "", "", "", `under ${aims.warmStart} s`],
    [
      `commit to Healthy (${result.commitToHealthy.count})`,
      ...series(result.commitToHealthy),
      `p50 under ${aims.commitToHealthy} s`,
    ],
    [`drift healed (${result.driftHealing.count})`, ...series(result.driftHealing), ""],
  );
  const processes = new Table({ head: ["PROCESS", "MiB"], style, colAligns: ["left", "right"] });
  for (const { name, mebibytes } of result.memory.processes) processes.push([name, mebibytes]);
  processes.push([`total (aim: under ${aims.memoryMebibytes})`, result.memory.totalMebibytes]);
  const { cpus, memoryMebibytes, node } = result.machine;
  return `${figures.toString()}\n${processes.toString()}\n${cpus} CPUs, ${memoryMebibytes} MiB, Node ${node}, ${result.at}`;
}

const style = { head: [], border: [], compact: true };
