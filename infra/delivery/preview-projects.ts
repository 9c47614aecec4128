import { inCluster } from "../crds/argocd.ts";
import type { AppProjectSpec } from "../crds/argocd.ts";

import { previewPrefix } from "./preview-names.ts";

/**
 * What a pull request may bring: less than an application. No NetworkPolicy, ResourceQuota or LimitRange, which would
 * loosen what holds it; no Ingress or HTTPRoute, which could take another one's host; no Canary, whose webhooks run
 * commands in Flagger's load tester; no ScaledObject, which asks any address; and no Secret.
 */
export const previewKinds = [
  { group: "", kind: "ConfigMap" },
  { group: "", kind: "Service" },
  { group: "", kind: "ServiceAccount" },
  { group: "apps", kind: "Deployment" },
  { group: "autoscaling", kind: "HorizontalPodAutoscaler" },
  { group: "policy", kind: "PodDisruptionBudget" },
] as const;

/** What holds a preview, beside its namespace. */
export const guardKinds = [
  { group: "", kind: "LimitRange" },
  { group: "", kind: "ResourceQuota" },
  { group: "networking.k8s.io", kind: "NetworkPolicy" },
] as const;

/** Pull requests get a namespace each, so no list can name them; these are nobody else's. */
const destinations = [{ server: inCluster, namespace: `${previewPrefix}*` }];

/** The boundary of what pull requests bring. Who may see and sync it is said in argocd-rbac-cm, as for environments. */
export function previewProjectSpec(repository: string): AppProjectSpec {
  return {
    description: "What pull requests bring into their previews",
    sourceRepos: [repository],
    destinations,
    clusterResourceWhitelist: [],
    namespaceResourceWhitelist: previewKinds.map((kind) => ({ ...kind })),
  };
}

/** A kind of the cluster, limited to names: the field `name` is newer than the types of the package. */
type Named = NonNullable<AppProjectSpec["clusterResourceWhitelist"]>[number] & { readonly name: string };

/** The boundary of what the platform itself puts into previews, from the branch that is reviewed. */
export function guardProjectSpec(repository: string): AppProjectSpec {
  const namespaces: Named = { group: "", kind: "Namespace", name: `${previewPrefix}*` };
  return {
    description: "Namespaces of previews, and what holds those who are in them",
    sourceRepos: [repository],
    destinations,
    clusterResourceWhitelist: [namespaces],
    namespaceResourceWhitelist: guardKinds.map((kind) => ({ ...kind })),
  };
}
