import { constants } from "node:os";

/** A signal that aborts on Ctrl-C and on a polite kill; the exit code is then 128 plus the number of the signal. */
export function interruptSignal(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const handlers = names.map((name) => {
    const handler = (): void => {
      process.exitCode = 128 + constants.signals[name];
      controller.abort(new Error(`interrupted by ${name}; nothing was left behind`));
    };
    process.on(name, handler);
    return [name, handler] as const;
  });
  const release = (): void => handlers.forEach(([name, handler]) => process.off(name, handler));
  return { signal: controller.signal, release };
}
