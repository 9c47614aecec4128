/** An error that a person reads: it says where, what was given and how to mend it. Its stack trace helps nobody. */
export class RehearsalError extends Error {
  override readonly name = "RehearsalError";
}
