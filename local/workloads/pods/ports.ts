import { randomInt } from "node:crypto";

import getPort from "get-port";

/**
 * Pods take their ports from here: outside the range of the platform's own processes (local/processes/ports.ts), whose
 * ports are remembered over restarts and must be free then.
 */
const range = { from: 10_000, to: 19_999 } as const;

/** A free loopback port that none of `taken` is. */
export async function choosePodPort(taken: readonly number[]): Promise<number> {
  const candidates = Array.from({ length: 50 }, () => randomInt(range.from, range.to));
  return getPort({ port: candidates, exclude: taken, host: "127.0.0.1" });
}
