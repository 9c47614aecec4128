import { setTimeout as delay } from "node:timers/promises";

import type { Snapshot } from "../model.ts";

/** A snapshot, and what it is called among server-sent events. */
export interface Update {
  /** Of this run of the server, and counted up with each change. */
  readonly id: string;
  readonly snapshot: Snapshot;
}

/** The newest snapshot, read once for everybody who looks. */
export interface Feed {
  /** What was read last when that was just now, else what is read now. Does not reject: `problem` says what is wrong. */
  readonly current: () => Promise<Update>;
  /** Reads again and again for as long as somebody listens, and calls back when something has changed. */
  readonly listen: (listener: (update: Update) => void) => () => void;
  readonly close: () => void;
}

export interface FeedOptions {
  /** Reads a snapshot; rejects when the cluster does not answer. */
  readonly read: () => Promise<Snapshot>;
  /** What is told while the cluster has never answered. */
  readonly empty: Snapshot;
  /** Between two looks, in milliseconds. */
  readonly interval: number;
  /** Different for each run of the server. */
  readonly run: string;
}

export function createFeed({ read, empty, interval, run }: FeedOptions): Feed {
  const listeners = new Set<(update: Update) => void>();
  const closed = new AbortController();
  let count = 0;
  let last: Update = { id: `${run}-0`, snapshot: empty };
  let readAt = -Infinity;
  let reading: Promise<Update> | undefined;
  let polling = false;

  const look = async (): Promise<Update> => {
    const snapshot = await read().catch((error: unknown): Snapshot => {
      const { problem } = last.snapshot;
      const message = error instanceof Error ? error.message : String(error);
      return { ...last.snapshot, problem: { since: problem?.since ?? new Date().toISOString(), message } };
    });
    readAt = performance.now();
    const changed = factsOf(snapshot) !== factsOf(last.snapshot);
    if (changed) count += 1;
    last = { id: `${run}-${count}`, snapshot };
    if (changed) for (const listener of listeners) listener(last);
    return last;
  };
  const readOne = (): Promise<Update> => (reading ??= look().finally(() => (reading = undefined)));

  const poll = async (): Promise<void> => {
    if (polling) return;
    polling = true;
    try {
      while (listeners.size > 0 && !closed.signal.aborted) {
        await readOne();
        // The end of the server ends the wait.
        await delay(interval, undefined, { signal: closed.signal }).catch(() => undefined);
      }
    } finally {
      polling = false;
    }
  };

  return {
    current: () => (performance.now() - readAt < interval ? Promise.resolve(last) : readOne()),
    listen: (listener) => {
      listeners.add(listener);
      void poll();
      return () => void listeners.delete(listener);
    },
    close: () => closed.abort(),
  };
}

/** All but when it was read. */
function factsOf({ time: _, ...facts }: Snapshot): string {
  return JSON.stringify(facts);
}
