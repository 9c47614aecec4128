import { currentRun, type RunState } from "./isolation.ts";

type OnError = (error: unknown) => void;
type Listener = NodeJS.UnhandledRejectionListener;

const event = "unhandledRejection";

const runs = new Map<RunState, OnError>();
let displaced: readonly Listener[] = [];

/** Node calls this in the async context of the promise that rejected, so that the run it belongs to is known. */
function dispatch(reason: unknown, promise: Promise<unknown>): void {
  const onError = runs.get(currentRun());
  if (onError !== undefined) return onError(reason);
  if (displaced.length === 0) throw reason;
  for (const listener of displaced) listener(reason, promise);
}

/**
 * Gives a run the rejections that its program left unhandled, which under the CLI end the process (an `apply` that
 * throws, above all). Rejections of anybody else go where they would go without this.
 *
 * @returns what to call when the run is over.
 */
export function catchStrayRejections(run: RunState, onError: OnError): () => void {
  if (runs.size === 0) {
    displaced = process.listeners(event);
    process.removeAllListeners(event);
    process.on(event, dispatch);
  }
  runs.set(run, onError);
  return () => {
    runs.delete(run);
    if (runs.size > 0) return;
    process.off(event, dispatch);
    for (const listener of displaced) process.on(event, listener);
    displaced = [];
  };
}
