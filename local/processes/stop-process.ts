import pRetry from "p-retry";

import type { Layout } from "../layout.ts";

import { isGroupAlive, readRecord, removeRecord } from "./records.ts";
import type { ProcessRecord } from "./records.ts";

/**
 * Stops a process with all that it started in its group: politely, and only after its `stopTimeoutSeconds` with
 * SIGKILL. Returns when nothing of it is left. Nothing to stop is fine.
 *
 * @returns how it ended: `killed` when the polite signal was not enough
 * @throws Error when even SIGKILL does not end it within 10 s (a process in an uninterruptible wait)
 */
export async function stopProcess(layout: Layout, name: string): Promise<"absent" | "stopped" | "killed"> {
  const record = await readRecord(layout, name);
  if (record === undefined || !(await isGroupAlive(record))) {
    await removeRecord(layout, name);
    return "absent";
  }
  let outcome: "stopped" | "killed" = "stopped";
  signalGroup(record, record.stopSignal as NodeJS.Signals);
  if (!(await groupEnds(record, record.stopTimeoutSeconds))) {
    outcome = "killed";
    signalGroup(record, "SIGKILL");
    if (!(await groupEnds(record, 10))) {
      throw new Error(
        `${name} (pid ${record.pid}) does not end on SIGKILL; look at its state with "ps -p ${record.pid}"`,
      );
    }
  }
  await removeRecord(layout, name);
  return outcome;
}

function signalGroup(record: ProcessRecord, signal: NodeJS.Signals): void {
  try {
    process.kill(-record.pid, signal);
  } catch (error) {
    // It ended in between.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function groupEnds(record: ProcessRecord, seconds: number): Promise<boolean> {
  const check = async (): Promise<void> => {
    if (await isGroupAlive(record)) throw new Error("alive");
  };
  try {
    await pRetry(check, {
      retries: Number.POSITIVE_INFINITY,
      minTimeout: 20,
      factor: 1.3,
      maxTimeout: 200,
      maxRetryTime: seconds * 1000,
    });
    return true;
  } catch {
    return !(await isGroupAlive(record));
  }
}
