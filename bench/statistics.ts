/** What a series of measurements says; all in seconds. */
export interface Summary {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Percentiles by the nearest rank: a value that was really measured.
 * @throws Error for an empty series
 */
export function summarize(seconds: readonly number[]): Summary {
  const sorted = [...seconds].sort((a, b) => a - b);
  const rank = (share: number): number => {
    const value = sorted[Math.max(Math.ceil(share * sorted.length), 1) - 1];
    if (value === undefined) throw new Error("nothing was measured");
    return round(value);
  };
  return { count: sorted.length, p50: rank(0.5), p95: rank(0.95), min: rank(0), max: rank(1) };
}

/** To hundredths: less is noise. */
export const round = (seconds: number): number => Math.round(seconds * 100) / 100;

/** Seconds since `begin`, a reading of performance.now(). */
export const secondsSince = (begin: number): number => (performance.now() - begin) / 1000;
