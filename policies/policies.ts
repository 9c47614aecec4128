import { argocdPolicies } from "./argocd/index.ts";
import { ciPolicies } from "./ci/index.ts";
import { clusterPolicies } from "./cluster/index.ts";
import { deliveryPolicies } from "./delivery/index.ts";
import { fluxPolicies } from "./flux/index.ts";
import { kubernetesPolicies } from "./kubernetes/index.ts";

/** Policies by domain, in the order in which they are shown. */
export const domains = {
  cluster: clusterPolicies,
  argocd: argocdPolicies,
  flux: fluxPolicies,
  kubernetes: kubernetesPolicies,
  delivery: deliveryPolicies,
  ci: ciPolicies,
} as const;

/** All policies but those on the waivers. */
export const policies = Object.values(domains).flat();

/** Their names, which configuration files and waivers use. */
export const policyNames: readonly string[] = policies.map(({ name }) => name);
