import { RehearsalError } from "../errors.ts";

/** What an API server answered instead of doing what was asked. */
export class ServerError extends RehearsalError {
  /** The HTTP status. */
  readonly status: number;
  /** The machine-readable reason, such as `Forbidden`, `Conflict` or `Invalid`; empty when there is none. */
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

/** Whether an error says that the object, or its kind, is not there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ServerError && error.status === 404;
}

/** Whether an error says that somebody else was first. */
export function isConflict(error: unknown): boolean {
  return error instanceof ServerError && error.status === 409;
}

/** Reads the Status object that the API server sends with an error. */
export function toServerError(status: number, body: string): ServerError {
  try {
    const parsed = JSON.parse(body) as { readonly reason?: unknown; readonly message?: unknown };
    const reason = typeof parsed.reason === "string" ? parsed.reason : "";
    if (typeof parsed.message === "string") return new ServerError(status, reason, parsed.message);
  } catch {
    // Not JSON: a proxy, or the API server before it is ready.
  }
  return new ServerError(status, "", body.trim().slice(0, 500) || `HTTP status ${status}`);
}
