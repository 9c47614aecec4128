import pRetry from "p-retry";

/** Tries until it does not throw; after two minutes the last error. For what has no watch of its own. */
export function eventually<T>(check: () => Promise<T>): Promise<T> {
  return pRetry(check, { retries: Infinity, minTimeout: 100, factor: 1, maxRetryTime: 120_000 });
}
