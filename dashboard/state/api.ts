import type { ActionName, ActionRequests, ActionResponse, Problem } from "../../cli/dashboard/model.ts";

/** An answer that is not 2xx, or none at all; the message is for people. */
export class ApiError extends Error {
  /** Of HTTP; 0 when the server was not reached. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** @param path relative to the page, such as `api/session`. @throws ApiError */
export const getJson = <T>(path: string): Promise<T> => request<T>(path, {});

/** Has the server run a command. @throws ApiError when it did not run */
export function postAction(
  name: ActionName,
  body: ActionRequests[ActionName],
  csrfToken: string,
): Promise<ActionResponse> {
  return request<ActionResponse>(`api/actions/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": csrfToken },
    body: JSON.stringify(body),
  });
}

async function request<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: "same-origin", cache: "no-store", ...init });
  } catch {
    throw new ApiError(0, "the server of the dashboard does not answer; is `gitops dashboard` still running?");
  }
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as T;
  throw new ApiError(response.status, problemOf(text) ?? `the server answered ${response.status}`);
}

function problemOf(text: string): string | undefined {
  try {
    return (JSON.parse(text) as Partial<Problem>).error;
  } catch {
    return undefined;
  }
}
