import { cis, pci } from "../model/framework.ts";
import { spec } from "../model/kubernetes-object.ts";
import type { KubernetesObject } from "../model/kubernetes-object.ts";
import { objectSetPolicy } from "../model/object-policy.ts";
import { fields, list, quote, text, texts } from "../model/values.ts";
import type { Fields } from "../model/values.ts";

import {
  globMatches,
  isApplication,
  isApplicationSet,
  projectNameOf,
  projectOf,
  sourcesOf,
  templatedApplication,
} from "./objects.ts";

/** Argo CD would refuse such an Application too, but only after the deployment. */
export const applicationInProject = objectSetPolicy({
  name: "argocd-application-in-project",
  description: "Every Application, made by a set or not, stays within sources and destinations of its project.",
  severity: "high",
  remediation: "use a source and a destination of the project, or add them to the AppProject if they belong there",
  references: [cis("4.5.1"), pci("7.2.2")],
  judgeObjects: (objects) =>
    [
      ...objects.filter(isApplication).map((object) => [object, object] as const),
      ...objects.filter(isApplicationSet).map((object) => [object, templatedApplication(object)] as const),
    ].flatMap(([object, application]) => reasonsAgainst(application, objects).map((reason) => ({ object, reason }))),
});

function reasonsAgainst(application: KubernetesObject, objects: readonly KubernetesObject[]): readonly string[] {
  const project = projectOf(application, objects);
  if (project === undefined) return [`project ${quote(projectNameOf(application))} is not declared here`];
  return [...strangeSources(application, spec(project)), ...strangeDestination(application, spec(project))];
}

function strangeSources(application: KubernetesObject, project: Fields): readonly string[] {
  const allowed = texts(project["sourceRepos"]);
  return sourcesOf(application)
    .map((source) => text(source["repoURL"]))
    .filter((url) => url !== undefined && !isAllowed(allowed, repository(url), repository))
    .map((url) => `source ${quote(url)} is not among the project's ${quote(allowed)}`);
}

function strangeDestination(application: KubernetesObject, project: Fields): readonly string[] {
  const wanted = fields(spec(application)["destination"]);
  const allowed = list(project["destinations"]).map(fields);
  const fits = allowed.some((destination) => {
    const cluster = ["server", "name"].some((key) => matches(destination[key], wanted[key]));
    return cluster && matches(destination["namespace"], wanted["namespace"]);
  });
  return fits ? [] : [`destination ${quote(wanted)} is not among the project's ${quote(allowed)}`];
}

function matches(pattern: unknown, value: unknown): boolean {
  const [allowed, given] = [text(pattern), text(value)];
  return allowed !== undefined && given !== undefined && isAllowed([allowed], given, (same) => same);
}

/** A pattern with `!` forbids what it matches, whatever the others say (argo-cd, app_project_types.go, globMatch). */
function isAllowed(patterns: readonly string[], value: string, normalize: (text: string) => string): boolean {
  const denied = patterns.filter((pattern) => pattern.startsWith("!")).map((pattern) => normalize(pattern.slice(1)));
  if (denied.some((pattern) => globMatches(pattern, value))) return false;
  return patterns.some((pattern) => !pattern.startsWith("!") && globMatches(normalize(pattern), value));
}

/** Git addresses are the same with and without `.git`. */
function repository(url: string): string {
  return url.replace(/\.git\/?$/, "").replace(/\/$/, "");
}
