import type { RollbackFlags } from "../commands/rollback.ts";
import { UsageError } from "../errors.ts";

/** Why a person rolls back. */
export interface Why {
  readonly reason: string | undefined;
  /** Why it cannot wait for a window; undefined when it can. */
  readonly emergency: string | undefined;
}

/**
 * Takes the reason from wherever it was given.
 * @throws UsageError for an emergency without one, and for two of them
 */
export function whyOf({ emergency, reason }: Pick<RollbackFlags, "emergency" | "reason">): Why {
  if (emergency === undefined) return { reason, emergency: undefined };
  const given = emergency === true ? reason : emergency;
  if (given === undefined || given.trim() === "") {
    throw new UsageError('--emergency is recorded with its reason; give --emergency "<why>"');
  }
  if (emergency !== true && reason !== undefined) {
    throw new UsageError("--emergency says why already; leave --reason out");
  }
  return { reason: given, emergency: given };
}
