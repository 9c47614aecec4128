/**
 * A signal that aborts on Ctrl-C and on a polite kill, with a reason that tells how to go on.
 *
 * The listeners stay: a process with none is ended at once, in the middle of what the first signal asked for.
 */
export function interruptSignal(how: string): AbortSignal {
  const interrupted = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => interrupted.abort(new Error(`interrupted by ${name}; ${how}`)));
  }
  return interrupted.signal;
}
