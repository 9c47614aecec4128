import type { ArgocdConfig } from "../../config/controllers.ts";
import type { Problem } from "../../config/problems.ts";

/** Secrets of an Argo CD that is not there would be silently without effect. @param secrets names of those that are set */
export function spokeProblems({ managedBy }: ArgocdConfig, secrets: readonly string[]): readonly Problem[] {
  if (managedBy === "self") return [];
  return secrets
    .filter((key) => key.startsWith("argocd"))
    .map((path) => ({
      path,
      message:
        'has no effect with argocd.managedBy "hub"; allowed: in the stack of the hub; remove it here (`pulumi config rm`)',
    }));
}
