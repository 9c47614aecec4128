import { argocdNamespace } from "../crds/argocd.ts";
import { fluxNamespace } from "../crds/flux.ts";

/** Namespaces of the controllers; `infra/config` keeps workloads out of them. */
export const namespaces = {
  argocd: argocdNamespace,
  flux: fluxNamespace,
  flagger: "flagger-system",
  keda: "keda",
  /** NetworkPolicies of the applications let this one in to scrape them. */
  prometheus: "monitoring",
  certManager: "cert-manager",
} as const;
