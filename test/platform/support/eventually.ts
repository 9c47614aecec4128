import pRetry from "p-retry";

/**
 * Tries until it does not throw; then the last error. For what has no watch of its own.
 * @param seconds how long to try. Default: two minutes
 */
export function eventually<T>(check: () => Promise<T>, seconds = 120): Promise<T> {
  return pRetry(check, { retries: Infinity, minTimeout: 100, factor: 1, maxRetryTime: seconds * 1000 });
}
