import { setTimeout as delay } from "node:timers/promises";

import { connectCluster } from "../cluster/connect.ts";
import type { Cluster } from "../cluster/connect.ts";
import type { StatusFlags } from "../commands/status.ts";
import { exitCodes } from "../errors.ts";
import { interruptSignal } from "../plan/interrupt.ts";
import { palette } from "../plan/output/palette.ts";

import type { StatusDocument } from "./model.ts";
import { readStatus } from "./read.ts";
import type { Selection } from "./read.ts";
import { statusTable } from "./table.ts";

/**
 * `gitops status`.
 * @returns the exit code: 0 when nothing is unwell, else 1
 * @throws UsageError when the cluster does not answer, or the interruption
 */
export async function runStatus(application: string | undefined, flags: StatusFlags): Promise<number> {
  const cluster = await connectCluster(flags);
  try {
    const selection = { application, environments: flags.env };
    if (flags.watch) return await watch(cluster, selection, flags);
    const status = await readStatus(cluster, selection);
    process.stdout.write(`${text(status, flags)}\n`);
    return codeOf(status);
  } finally {
    cluster.close();
  }
}

const codeOf = ({ applications }: StatusDocument): number =>
  applications.some(({ state }) => state === "unwell") ? exitCodes.violation : exitCodes.clean;

function text(status: StatusDocument, { json, watch: lines }: StatusFlags): string {
  if (json) return lines ? JSON.stringify(status) : JSON.stringify(status, null, 2);
  return statusTable(status, palette(process.stdout.isTTY));
}

/** Cursor to the first column of the first line, and everything below it away (ECMA-48: CUP, ED). */
const redraw = "\u001b[H\u001b[J";

/** Asks again and again, and says what has changed, until Ctrl-C. A cluster that is away for a while is waited for. */
async function watch(cluster: Cluster, selection: Selection, flags: StatusFlags): Promise<number> {
  const { signal, release } = interruptSignal();
  let before = "";
  try {
    for (let first = true; ; first = false) {
      const status = await readStatus(cluster, selection).catch((error: unknown) => {
        // What is wrong from the beginning is a mistake of the options.
        if (first || signal.aborted) throw error;
        console.error(error instanceof Error ? error.message : String(error));
        return undefined;
      });
      signal.throwIfAborted();
      const { time: _, ...facts } = status ?? { time: "" };
      const now = JSON.stringify(facts);
      if (status !== undefined && now !== before) {
        const start = process.stdout.isTTY && flags.json === undefined ? redraw : "";
        process.stdout.write(`${start}${text(status, flags)}\n`);
        before = now;
      }
      await delay(flags.interval * 1000, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    // Ctrl-C is how a watch ends.
    return Number(process.exitCode);
  } finally {
    release();
  }
}
