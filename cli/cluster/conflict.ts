import { UsageError } from "../errors.ts";

/** Somebody else changed the object meanwhile (409): whoever gets it looks again. */
export class ConflictError extends UsageError {}
