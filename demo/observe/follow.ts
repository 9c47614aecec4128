import { setTimeout } from "node:timers/promises";

import { isNotFound } from "../../local/kubernetes/api-error.ts";

/** How often something is looked at, in milliseconds. Controllers act every few seconds. */
const every = 1000;

export interface FollowOptions {
  /** What is waited for, for the error. */
  readonly what: string;
  /** After so many seconds it counts as failed. */
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/**
 * Reads a state again and again until it is as wanted.
 * @param read undefined, or "not found", means that there is nothing yet
 * @param wanted may also tell of what it sees
 * @throws Error with the last state when it takes too long; the signal's reason when that aborts
 */
export async function follow<T>(
  read: () => Promise<T | undefined>,
  wanted: (state: T) => boolean,
  { what, seconds, signal }: FollowOptions,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  let last: T | undefined;
  for (;;) {
    signal.throwIfAborted();
    const state = await read().catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
    if (state !== undefined && wanted(state)) return state;
    last = state ?? last;
    if (performance.now() > end) {
      throw new Error(
        `${what}: not within ${seconds} s; it was last ${(JSON.stringify(last) ?? "not there").slice(0, 1000)}`,
      );
    }
    await setTimeout(every, undefined, { signal });
  }
}
