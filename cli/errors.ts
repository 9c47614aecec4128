/** A wrong option, a wrong configuration or a missing tool: exit code 2. The message says how to mend it. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Exit codes of every command. */
export const exitCodes = {
  /** Nothing to complain about. */
  clean: 0,
  /** A mandatory policy is violated. */
  violation: 1,
  /** Bad usage or configuration: nothing was judged. */
  usage: 2,
  /** Ended by Ctrl-C, as shells report it (128 + SIGINT). */
  interrupted: 130,
} as const;
