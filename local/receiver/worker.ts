import type { Decision, RecoveryEvent } from "../../cli/recovery/index.ts";

import type { Queue, QueuedReport } from "./queue.ts";

export interface WorkerArgs {
  readonly queue: Queue;
  readonly handle: (event: RecoveryEvent) => Promise<readonly Decision[]>;
  readonly onDecision: (id: string, decision: Decision) => Promise<void>;
  readonly onFailure: (id: string, attempt: number, error: string) => Promise<void>;
}

/** Tries of one report, over about half an hour: a Git host that is away for longer is a person's business. */
const attempts = 10;

/** Milliseconds until the next try. */
const pause = (attempt: number): number => Math.min(2000 * 2 ** attempt, 300_000);

/**
 * Handles every report that is due, one after the other: two at once would only push against each other.
 * @returns milliseconds until the next one is due; undefined when none waits
 */
export async function work(args: WorkerArgs): Promise<number | undefined> {
  for (const report of await args.queue.list()) {
    if (report.notBefore <= Date.now()) await once(args, report);
  }
  const open = await args.queue.list();
  if (open.length === 0) return undefined;
  return Math.max(0, Math.min(...open.map(({ notBefore }) => notBefore)) - Date.now());
}

async function once({ queue, handle, onDecision, onFailure }: WorkerArgs, report: QueuedReport): Promise<void> {
  const { id, event } = report;
  let decisions: readonly Decision[];
  try {
    decisions = await handle(event);
  } catch (error) {
    const attempt = report.attempts + 1;
    await onFailure(id, attempt, error instanceof Error ? error.message : String(error));
    if (attempt >= attempts) return queue.done(report);
    return queue.put({ ...report, attempts: attempt, notBefore: Date.now() + pause(attempt) });
  }
  for (const decision of decisions) await onDecision(id, decision);
  const waiting = decisions.find(({ action }) => action === "waiting")?.notBefore;
  if (waiting === undefined) return queue.done(report);
  // Once a second at the most, should the clocks disagree.
  const notBefore = Math.max(new Date(waiting).getTime(), Date.now() + 1000);
  return queue.put({ ...report, notBefore, attempts: 0 });
}
