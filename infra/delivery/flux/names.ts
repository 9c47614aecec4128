/** Names that are the same in every namespace. */

/** The GitRepository that the Kustomizations of an environment read. */
export const sourceName = "platform";

/**
 * Whom kustomize-controller impersonates in an environment's namespace; its rights are those that the AppProject gives
 * to Applications.
 */
export const reconcilerName = "gitops-reconciler";
