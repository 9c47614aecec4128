import { pci } from "../model/framework.ts";
import { environmentOf, labelsOf, nameOf, spec } from "../model/kubernetes-object.ts";
import type { KubernetesObject } from "../model/kubernetes-object.ts";
import { objectPolicy } from "../model/object-policy.ts";
import { quote, text } from "../model/values.ts";

import { isKustomization, isSuspended } from "./objects.ts";

interface Environments {
  readonly environments: readonly string[];
}

interface Approved extends Environments {
  readonly applications: readonly string[];
}

const texts = (given: readonly string[], description: string) => ({
  type: "array" as const,
  items: { type: "string" as const },
  default: [...given],
  description,
});

/** Name of the application without the environment: `core-trading` of `core-trading-prod`. */
const applicationOf = (object: KubernetesObject): string =>
  text(labelsOf(object)["gitops.platform/application"]) ?? nameOf(object) ?? "";

export const fluxPrune = objectPolicy({
  name: "flux-prune",
  description: "What Git has no more, the cluster has no more.",
  severity: "high",
  remediation: "set spec.prune to true",
  references: [pci("6.5.1")],
  judgeObject: (object) => {
    const { prune } = spec(object);
    return isKustomization(object) && prune !== true ? [`prune is ${quote(prune)}`] : [];
  },
});

/** The policy of Argo CD's with the same end: argocd-no-auto-sync. */
export const fluxNoAutoSync = objectPolicy<Environments>({
  name: "flux-no-auto-sync",
  description: "Where a person approves a release, Flux is suspended until then.",
  severity: "high",
  remediation: "set spec.suspend to true; `gitops approve` lets one revision through",
  references: [pci("6.5.1")],
  settings: { environments: texts(["staging"], "Environments where a person starts each sync.") },
  judgeObject: (object, { environments }, context) => {
    const environment = isKustomization(object) ? environmentOf(object, context.environment) : undefined;
    if (environment === undefined || !environments.includes(environment) || isSuspended(object)) return [];
    return [`it syncs by itself in ${environment}`];
  },
});

/** In place of argocd-window-required: Flux has no windows, so nothing but a person keeps it out of trading hours. */
export const fluxApprovalRequired = objectPolicy<Approved>({
  name: "flux-approval-required",
  description: "Applications that must not be interrupted wait for a person, as Flux has no sync windows.",
  severity: "critical",
  remediation: "set the application's sync to manual in the stack's configuration, or run the stack on Argo CD",
  references: [pci("6.5.1")],
  settings: {
    applications: texts(["core-trading"], "Applications that must not be interrupted."),
    environments: texts(["prod"], "Environments where they must not be."),
  },
  judgeObject: (object, { applications, environments }, context) => {
    const environment = isKustomization(object) ? environmentOf(object, context.environment) : undefined;
    if (environment === undefined || !environments.includes(environment) || isSuspended(object)) return [];
    const application = applicationOf(object);
    if (!applications.some((name) => [name, `${name}-${environment}`].includes(application))) return [];
    return [`it may sync at any time in ${environment}`];
  },
});
