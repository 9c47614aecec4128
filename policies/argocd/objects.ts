import { environmentOf, isKind, labelsOf, nameOf, spec } from "../model/kubernetes-object.ts";
import type { KubernetesObject } from "../model/kubernetes-object.ts";
import { fields, list, text, texts } from "../model/values.ts";
import type { Fields } from "../model/values.ts";

const group = "argoproj.io";

export const isProject = (object: KubernetesObject): boolean => isKind(object, group, "AppProject");
export const isApplication = (object: KubernetesObject): boolean => isKind(object, group, "Application");
export const isApplicationSet = (object: KubernetesObject): boolean => isKind(object, group, "ApplicationSet");

/** A project for previews of pull requests (infra/delivery/previews.ts). */
export const isPreviewProject = (object: KubernetesObject): boolean =>
  isProject(object) && labelsOf(object)["gitops.platform/preview"] === "true";

/** What an ApplicationSet makes, with a word in place of each `{{ template }}`. */
export function templatedApplication(set: KubernetesObject): KubernetesObject {
  const template = JSON.stringify(fields(spec(set)["template"])).replaceAll(/\{\{.*?\}\}/g, "templated");
  return { ...fields(JSON.parse(template)), apiVersion: set.apiVersion, kind: "Application" };
}

/** All sources of an Application; it has `source` or `sources`. */
export function sourcesOf(application: KubernetesObject): readonly Fields[] {
  const { source, sources } = spec(application);
  return [...(source === undefined ? [] : [fields(source)]), ...list(sources).map(fields)];
}

/** The project that an Application names; Argo CD takes `default` where none is named. */
export function projectNameOf(application: KubernetesObject): string {
  return text(spec(application)["project"]) ?? "default";
}

export function projectOf(
  application: KubernetesObject,
  objects: readonly KubernetesObject[],
): KubernetesObject | undefined {
  return objects.find((object) => isProject(object) && nameOf(object) === projectNameOf(application));
}

/** `automated` of the sync policy, undefined when a person starts each sync. `enabled: false` turns it off as well. */
export function automatedOf(application: KubernetesObject): Fields | undefined {
  const { automated } = fields(spec(application)["syncPolicy"]);
  if (typeof automated !== "object" || automated === null) return undefined;
  return fields(automated)["enabled"] === false ? undefined : fields(automated);
}

/** Environment of an Application: its label, else the one given. */
export const applicationEnvironment = environmentOf;

/** Name of the application without the environment: `core-trading` of `core-trading-prod`. */
export function applicationName(application: KubernetesObject): string {
  const label = text(fields(fields(application["metadata"])["labels"])["gitops.platform/application"]);
  return label ?? nameOf(application) ?? "";
}

/** Sync windows of a project that hold for an Application (argo-cd, pkg/apis/application/v1alpha1/types.go, Matches). */
export function windowsFor(application: KubernetesObject, project: KubernetesObject | undefined): readonly Fields[] {
  if (project === undefined) return [];
  const destination = fields(spec(application)["destination"]);
  const windows = list(spec(project)["syncWindows"]).map(fields);
  return windows.filter((window) => {
    const byName = anyMatches(window["applications"], nameOf(application));
    const byCluster =
      anyMatches(window["clusters"], destination["server"]) || anyMatches(window["clusters"], destination["name"]);
    const byNamespace = anyMatches(window["namespaces"], destination["namespace"]);
    const selectors: readonly (readonly [unknown, boolean])[] = [
      [window["applications"], byName],
      [window["clusters"], byCluster],
      [window["namespaces"], byNamespace],
    ];
    if (window["andOperator"] !== true) return byName || byCluster || byNamespace;
    const used = selectors.filter(([given]) => list(given).length > 0);
    return used.length > 0 && used.every(([, matched]) => matched);
  });
}

function anyMatches(patterns: unknown, value: unknown): boolean {
  const given = text(value);
  return given !== undefined && texts(patterns).some((pattern) => globMatches(pattern, given));
}

/** `*` and `?` as Argo CD reads them in names; other characters stand for themselves. */
export function globMatches(pattern: string, value: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "s").test(value);
}
