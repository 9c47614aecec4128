import { connectCluster } from "../cluster/connect.ts";
import type { AdoptCheckFlags } from "../commands/adopt-check.ts";
import { exitCodes } from "../errors.ts";
import type { Host } from "../host.ts";
import { chooseStacks } from "../plan/choose-stacks.ts";
import { interruptSignal } from "../plan/interrupt.ts";
import { palette } from "../plan/output/palette.ts";
import type { Palette } from "../plan/output/palette.ts";
import { findProject } from "../plan/project.ts";
import { loadRecorder } from "../plan/recorder/load.ts";
import { writeOut } from "../write-out.ts";

import { checkAdoption } from "./check.ts";
import { declaredBy } from "./declared.ts";
import { schemaVersion } from "./model.ts";
import type { Report } from "./model.ts";

/**
 * `gitops adopt-check`.
 * @returns the exit code: 1 when a deployment would fail or take something away, else 0
 * @throws UsageError when the stack is wrong or the cluster does not answer, or the interruption
 */
export async function runAdoptCheck(flags: AdoptCheckFlags, host: Host): Promise<number> {
  const project = findProject(flags.directory);
  const [stack = ""] = chooseStacks(project, { argument: flags.stack, options: [], all: false });
  const { signal, release } = interruptSignal();
  const cluster = await connectCluster(flags);
  try {
    const { recordStack, program } = await loadRecorder(host, project);
    const { recording } = await recordStack({ project: project.directory, stack, program, signal });
    const report: Report = { stack, findings: await checkAdoption(cluster, declaredBy(recording)) };
    const text = flags.json
      ? `${JSON.stringify({ schemaVersion, ...report }, null, 2)}\n`
      : reportText(report, palette(Boolean(process.stdout.isTTY)));
    await writeOut(text);
    return report.findings.some(({ level }) => level === "blocking") ? exitCodes.violation : exitCodes.clean;
  } finally {
    cluster.close();
    release();
  }
}

function reportText({ stack, findings }: Report, colours: Palette): string {
  const lines = findings.flatMap(({ level, where, what, mend }) => [
    `${level === "fine" ? colours.green(level.padEnd(8)) : colours.red(level)} ${colours.bold(where)}: ${what}`,
    ...(mend === undefined ? [] : [`         ${colours.dim(`mend: ${mend}`)}`]),
  ]);
  const blocking = findings.filter(({ level }) => level === "blocking").length;
  return [`stack ${stack} on this cluster`, "", ...lines, "", `${blocking} blocking`, ""].join("\n");
}
