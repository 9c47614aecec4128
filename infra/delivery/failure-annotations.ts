import type { FailureResponse } from "../config/delivery.ts";
import { annotations } from "../labels.ts";

/** What an Application says about its failures: in the object itself, so that a notification needs no second source. */
export function failureAnnotations(response: FailureResponse): Record<string, string> {
  return {
    [annotations.onFailure]: response.kind,
    ...(response.kind === "degrade" ? { [annotations.degradeFlag]: response.flag } : {}),
  };
}
