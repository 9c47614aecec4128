import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import lockfile from "proper-lockfile";

/** Milliseconds without a sign of life after which the lock of a killed start is taken over. */
const staleMs = 20_000;
const pollMs = 500;

export interface BuildLockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called once, when another start holds the lock. */
  readonly onWait: () => void;
}

/**
 * Runs `work` while no other build runs, in this process or another of this user: two at once would take longer than
 * one after the other, and could need more memory than there is.
 *
 * `work` gets a signal that also fires when the lock is lost (the machine slept). Throws the signal's reason when it
 * fires while waiting.
 */
export async function withBuildLock<T>(
  directory: string,
  options: BuildLockOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  await mkdir(directory, { recursive: true });
  const lost = new AbortController();
  const signal = options.signal === undefined ? lost.signal : AbortSignal.any([options.signal, lost.signal]);
  const release = await acquire(directory, options, signal, (cause) => {
    lost.abort(
      new Error("the build lock was lost (did the machine sleep?): start again, what is built is kept", { cause }),
    );
  });
  try {
    return await work(signal);
  } finally {
    // A lost lock is already someone else's.
    if (!lost.signal.aborted) await release();
  }
}

async function acquire(
  directory: string,
  options: BuildLockOptions,
  signal: AbortSignal,
  onCompromised: (cause: Error) => void,
): Promise<() => Promise<void>> {
  for (let attempt = 0; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await lockfile.lock(directory, {
        lockfilePath: join(directory, "build.lock"),
        stale: staleMs,
        update: staleMs / 4,
        onCompromised,
      });
    } catch (error) {
      if ((error as { code?: unknown }).code !== "ELOCKED") throw error;
      if (attempt === 0) options.onWait();
      await delay(pollMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}
