import { isDeepStrictEqual } from "node:util";

import type { ClusterConfig } from "./cluster.ts";
import type { ClustersConfig } from "./clusters.ts";
import { argocdSchema } from "./controllers.ts";
import type { ArgocdConfig } from "./controllers.ts";
import type { RuleProblem, Sound } from "./cross-check.ts";
import type { DashboardConfig } from "./dashboard.ts";
import type { PreviewsConfig } from "./previews.ts";

interface Stack {
  readonly argocd: ArgocdConfig;
  readonly cluster: ClusterConfig;
  readonly clusters: ClustersConfig;
  readonly previews: PreviewsConfig;
  readonly dashboard: DashboardConfig;
}

/** What is refused in a stack whose applications come from the Argo CD of another one: it would have no effect. */
export function spokeRules(stack: Stack, sound: Sound): RuleProblem[] {
  if (!sound.whole("argocd") || stack.argocd.managedBy !== "hub") return [];
  return [...argocdRules(stack), ...clusterRules(stack, sound), ...featureRules(stack, sound)];
}

function argocdRules({ argocd }: Stack): RuleProblem[] {
  const defaults: Readonly<Record<string, unknown>> = argocdSchema.parse({});
  const own = ["managedBy", "apiServer", "hubRoles"];
  return Object.entries(argocd)
    .filter(([key, value]) => !own.includes(key) && !isDeepStrictEqual(value, defaults[key]))
    .map(([key]) => ({
      path: ["argocd", key],
      message: 'has no effect with managedBy "hub"; allowed: in the stack of the hub; remove it here',
    }));
}

function clusterRules({ argocd, cluster }: Stack, sound: Sound): RuleProblem[] {
  if (!sound.whole("cluster")) return [];
  if (cluster.kind === "eks") return [];
  if (argocd.hubRoles !== undefined) {
    const message =
      'needs access entries of EKS; allowed: only with cluster.kind "eks"; remove it, and a token is made';
    return [{ path: ["argocd", "hubRoles"], message }];
  }
  if (argocd.apiServer !== undefined || cluster.kubeconfig !== undefined) return [];
  const message =
    "missing; allowed: the address at which the hub reaches this cluster's API, because cluster names a context alone; " +
    "add it";
  return [{ path: ["argocd", "apiServer"], message }];
}

function featureRules({ clusters, previews, dashboard }: Stack, sound: Sound): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const at = (path: PropertyKey[], message: string) => problems.push({ path, message });
  if (sound.whole("clusters") && clusters.length > 0) {
    at(
      ["argocd", "managedBy"],
      '"hub" in a stack that is a hub itself; allowed: "self" together with clusters; change it, or remove clusters',
    );
  }
  if (sound.whole("previews", "source") && previews.source !== "none") {
    at(
      ["previews", "source"],
      `"${previews.source}" needs an Argo CD beside the previews; allowed with argocd.managedBy "hub": "none"; set it`,
    );
  }
  if (sound.whole("dashboard", "enabled") && dashboard.enabled) {
    at(
      ["dashboard", "enabled"],
      'true: the page reads Applications, which are in the cluster of the hub; allowed with argocd.managedBy "hub": false',
    );
  }
  return problems;
}
