import { waitForApplications as waitFor } from "../gitops/wait.ts";
import type { WaitOptions } from "../gitops/wait.ts";

import type { ApplicationSummary } from "./applications.ts";

export { isSettled } from "./settled.ts";
export type { WaitOptions } from "../gitops/wait.ts";

/** The same for Applications of Argo CD. */
export async function waitForApplications(
  kubeconfig: string,
  predicate: (applications: readonly ApplicationSummary[]) => boolean,
  options: WaitOptions,
): Promise<readonly ApplicationSummary[]> {
  return waitFor("argocd", kubeconfig, predicate, options);
}
