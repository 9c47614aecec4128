import { setTimeout as sleep } from "node:timers/promises";

/** How to wait. */
export interface WaitOptions {
  /** In milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/** Most things happen at once; what has not is looked at ever less often. In milliseconds. */
const firstPause = 20;
const longestPause = 1000;

/**
 * Looks again and again until there is something to return.
 *
 * @returns undefined when the time is over.
 * @throws the signal's reason when it aborts, and what `look` throws.
 */
export async function waitFor<T>(look: () => Promise<T | undefined>, options: WaitOptions): Promise<T | undefined> {
  const end = Date.now() + options.timeout;
  // Its own: many wait at the same time, and Node takes more than ten listeners of one signal for a leak.
  const signal = options.signal === undefined ? undefined : AbortSignal.any([options.signal]);
  for (let pause = firstPause; ; pause = Math.min(pause * 1.5, longestPause)) {
    signal?.throwIfAborted();
    const found = await look();
    if (found !== undefined || Date.now() >= end) return found;
    await sleep(Math.min(pause, Math.max(1, end - Date.now())), undefined, { signal });
  }
}
