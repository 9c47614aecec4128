/** An answer of the API server that is not a success; `reason` is Kubernetes' own word, such as "NotFound". */
export class ApiError extends Error {
  constructor(
    readonly method: string,
    readonly path: string,
    readonly status: number,
    readonly reason: string,
    detail: string,
  ) {
    super(`${method} ${path}: ${status} ${reason}: ${detail}`);
    this.name = "ApiError";
  }

  /** Reads the Status object of the answer; an answer that is none (a proxy's page) is shown as it is. */
  static from(method: string, path: string, status: number, body: string): ApiError {
    try {
      const answer = JSON.parse(body) as { reason?: string; message?: string };
      return new ApiError(method, path, status, answer.reason ?? "Unknown", answer.message ?? body);
    } catch {
      return new ApiError(method, path, status, "Unknown", body.slice(0, 200));
    }
  }
}

/** True when `error` says that the object does not exist. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}
