import { previewBranchPrefix, previewPrefix, previewProjects } from "../../infra/delivery/preview-names.ts";
import { argocdNamespace } from "../argocd/names.ts";
import type { Received } from "../git/received.ts";
import { isNotFound } from "../kubernetes/api-error.ts";
import type { RestClient } from "../kubernetes/rest-client.ts";

import { slugOf } from "./slug.ts";

/** The controller looks at once at an ApplicationSet with it, and removes it (common/common.go of Argo CD 3.5). */
const refreshAnnotation = "argocd.argoproj.io/application-set-refresh";

/** Whether a branch asks for a preview. */
export const isPreview = ({ branch }: Received): boolean => branch.startsWith(previewBranchPrefix);

/** The preview of a branch: the name of its namespace too. */
export const previewOf = (branch: string): string => previewPrefix + slugOf(branch.slice(previewBranchPrefix.length));

/**
 * Has Argo CD look at the branches of previews at once.
 * @returns a line for each received branch, for the person who pushed
 */
export async function refreshPreviews(client: RestClient, received: readonly Received[]): Promise<readonly string[]> {
  const asked = received.filter(isPreview);
  if (asked.length === 0) return [];
  const path = `/apis/argoproj.io/v1alpha1/namespaces/${argocdNamespace}/applicationsets`;
  const patch = { metadata: { annotations: { [refreshAnnotation]: "true" } } };
  try {
    for (const name of previewProjects) await client.patch(`${path}/${name}`, patch, "application/merge-patch+json");
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return ["There are no previews here: the stack's configuration has no `previews: { source: branches }`."];
  }
  return asked.map(({ branch, commit, deleted }) =>
    deleted
      ? `The preview of "${branch}" goes, with its namespace ${previewOf(branch)}.`
      : `${commit.slice(0, 7)} on "${branch}" gets the namespace ${previewOf(branch)}; follow it with: npm run status`,
  );
}
