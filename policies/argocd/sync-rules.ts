import { pci } from "../model/framework.ts";
import { objectPolicy, objectSetPolicy } from "../model/object-policy.ts";

import {
  applicationEnvironment,
  applicationName,
  automatedOf,
  isApplication,
  projectOf,
  windowsFor,
} from "./objects.ts";

interface Environments {
  readonly environments: readonly string[];
}

const environmentList = (given: readonly string[], description: string) => ({
  type: "array" as const,
  items: { type: "string" as const },
  default: [...given],
  description,
});

export const automatedSync = objectSetPolicy<Environments>({
  name: "argocd-automated-sync",
  description: "Production follows Git by itself, or in windows that are written down.",
  severity: "high",
  remediation:
    "set syncPolicy.automated with prune and selfHeal, or give the project a sync window for the Application",
  references: [pci("6.5.1")],
  settings: { environments: environmentList(["prod"], "Environments that have to follow Git.") },
  judgeObjects: (objects, { environments }, context) =>
    objects.filter(isApplication).flatMap((object) => {
      const environment = applicationEnvironment(object, context.environment);
      if (environment === undefined || !environments.includes(environment)) return [];
      const automated = automatedOf(object);
      if (automated === undefined) {
        const windows = windowsFor(object, projectOf(object, objects));
        return windows.length > 0 ? [] : [{ object, reason: `nothing syncs it in ${environment}` }];
      }
      return ["prune", "selfHeal"]
        .filter((field) => automated[field] !== true)
        .map((field) => ({ object, reason: `its automated sync is without ${field}` }));
    }),
});

interface WindowSettings extends Environments {
  readonly applications: readonly string[];
}

/** An `allow` window closes every other time; a `deny` window alone leaves all times open but its own. */
export const windowRequired = objectSetPolicy<WindowSettings>({
  name: "argocd-window-required",
  description: "Applications that must not be interrupted sync in their windows and at no other time.",
  severity: "critical",
  remediation: "give the project an `allow` sync window that names the Application",
  references: [pci("6.5.1")],
  settings: {
    applications: environmentList(["core-trading"], "Applications that need a window."),
    environments: environmentList(["prod"], "Environments where they need it."),
  },
  judgeObjects: (objects, { applications, environments }, context) =>
    objects.filter(isApplication).flatMap((object) => {
      const environment = applicationEnvironment(object, context.environment);
      if (environment === undefined || !environments.includes(environment)) return [];
      if (!applications.some((name) => [name, `${name}-${environment}`].includes(applicationName(object)))) return [];
      const windows = windowsFor(object, projectOf(object, objects));
      if (windows.some(({ kind }) => kind === "allow")) return [];
      return [{ object, reason: `no \`allow\` window holds for it in ${environment}, so it may sync at any time` }];
    }),
});

export const noAutoSync = objectPolicy<Environments>({
  name: "argocd-no-auto-sync",
  description: "Where a person approves a release, nothing syncs by itself.",
  severity: "high",
  remediation: "remove syncPolicy.automated",
  references: [pci("6.5.1")],
  settings: { environments: environmentList(["staging"], "Environments where a person starts each sync.") },
  judgeObject: (object, { environments }, context) => {
    const environment = isApplication(object) ? applicationEnvironment(object, context.environment) : undefined;
    if (environment === undefined || !environments.includes(environment)) return [];
    return automatedOf(object) === undefined ? [] : [`it syncs by itself in ${environment}`];
  },
});
