import * as state from "@pulumi/pulumi/runtime/state.js";

/** The part of Pulumi's per-run state that has no public setter. */
export interface RunState {
  readonly settings: { readonly options: { rootDirectory?: string } };
  /** How often the program called `log.error`. */
  readonly logErrorCount: number;
}

interface StateModule {
  withLocalStorage<T>(callback: () => T): T;
  getStore(): RunState;
}

// Pulumi's automation API runs several programs in one process this way
// (@pulumi/pulumi, automation/server.js); its type declarations leave the functions out.
const internal = state as unknown as StateModule;

/** Runs a callback with a Pulumi state of its own: settings, configuration, stack. Nothing leaks in or out. */
export function isolated<T>(callback: (run: RunState) => T): T {
  return internal.withLocalStorage(() => callback(internal.getStore()));
}

/** The state of the run that is asking, or the process-wide one. */
export function currentRun(): RunState {
  return internal.getStore();
}
