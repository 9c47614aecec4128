/**
 * Runs tasks at the same time. When one fails the signal of the others aborts, and the first failure is thrown when
 * all have ended: nothing goes on in the background.
 */
export async function together<T extends readonly unknown[]>(
  signal: AbortSignal | undefined,
  tasks: { readonly [K in keyof T]: (signal: AbortSignal) => Promise<T[K]> },
): Promise<T> {
  const cancel = new AbortController();
  const joined = signal === undefined ? cancel.signal : AbortSignal.any([signal, cancel.signal]);
  const failures: unknown[] = [];
  const results = await Promise.all(
    tasks.map(async (task) =>
      task(joined).catch((error: unknown) => {
        failures.push(error);
        cancel.abort(error);
      }),
    ),
  );
  if (failures.length > 0) throw failures[0];
  return results as unknown as T;
}

/** Runs tasks one after the other, and none after one that failed. */
export async function inTurn<T extends readonly unknown[]>(
  signal: AbortSignal | undefined,
  tasks: { readonly [K in keyof T]: (signal: AbortSignal) => Promise<T[K]> },
): Promise<T> {
  const results: unknown[] = [];
  for (const task of tasks) {
    signal?.throwIfAborted();
    results.push(await task(signal ?? new AbortController().signal));
  }
  return results as unknown as T;
}
