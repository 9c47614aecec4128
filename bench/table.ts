import Table from "cli-table3";

import { aims } from "./result.ts";
import type { BenchResult, PlanFigures, PlatformFigures } from "./result.ts";
import type { Summary } from "./statistics.ts";

/** The figures for a person. */
export function resultTable({ plan, platform, machine, at }: BenchResult): string {
  const { cpus, memoryMebibytes, node } = machine;
  return [
    ...(plan === undefined ? [] : [planTable(plan)]),
    ...(platform === undefined ? [] : [platformTable(platform), memoryTable(platform.memory)]),
    `${cpus} CPUs, ${memoryMebibytes} MiB, Node ${node}, ${at}`,
  ].join("\n");
}

/** Ratios are to the plan: 2.00 x takes twice as long. */
function planTable({ stack, whole, others }: PlanFigures): string {
  const table = new Table({ head: ["MEASURED", "P50", "P95", "MIN", "MAX", "RATIO", "AIM"], style });
  table.push([`gitops plan ${stack} (${whole.count})`, ...series(whole), "1.00 x", `p50 under ${aims.plan} s`]);
  const missing: string[] = [];
  for (const { name, figure } of others) {
    // Below the table: a reason may be long.
    if ("reason" in figure) missing.push(`not measured: ${name}: ${figure.reason}`);
    else table.push([name, ...series(figure), `${(figure.p50 / whole.p50).toFixed(2)} x`, ""]);
  }
  return [table.toString(), ...missing].join("\n");
}

function platformTable(figures: PlatformFigures): string {
  const table = new Table({ head: ["MEASURED", "P50", "P95", "MIN", "MAX", "AIM"], style });
  const { firstStart, warmStart, commitToSynced, driftHealing } = figures;
  table.push(
    ["first start, tools cached", `${firstStart} s`, "", "", "", ""],
    ["warm start", `${warmStart} s`, "", "", "", `under ${aims.warmStart} s`],
    [`commit to Synced (${commitToSynced.count})`, ...series(commitToSynced), `p50 under ${aims.commitToSynced} s`],
    [`drift healed (${driftHealing.count})`, ...series(driftHealing), ""],
  );
  return table.toString();
}

function memoryTable({ processes, totalMebibytes }: PlatformFigures["memory"]): string {
  const table = new Table({ head: ["PROCESS", "MiB"], style, colAligns: ["left", "right"] });
  for (const { name, mebibytes } of processes) table.push([name, mebibytes]);
  table.push([`total (aim: under ${aims.memoryMebibytes})`, totalMebibytes]);
  return table.toString();
}

const series = ({ p50, p95, min, max }: Summary): string[] => [p50, p95, min, max].map((value) => `${value} s`);

const style = { head: [], border: [], compact: true };
