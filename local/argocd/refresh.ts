import { isNotFound } from "../kubernetes/api-error.ts";
import type { RestClient } from "../kubernetes/rest-client.ts";

import { applicationsPath } from "./applications.ts";
import { refreshAnnotation } from "./names.ts";

/**
 * Has Argo CD compare Applications with Git now instead of at its next poll. The annotation is the documented way
 * (docs/user-guide/annotations-and-labels.md); one that is gone meanwhile is passed over.
 */
export async function refreshApplications(client: RestClient, names: readonly string[]): Promise<void> {
  const patch = { metadata: { annotations: { [refreshAnnotation]: "normal" } } };
  // By its name the audit trail tells it from what a person writes.
  const query = { fieldManager: "gitops-refresh" };
  await Promise.all(
    names.map((name) =>
      client
        .patch(`${applicationsPath}/${name}`, patch, "application/merge-patch+json", query)
        .catch((error: unknown) => {
          if (!isNotFound(error)) throw error;
        }),
    ),
  );
}
