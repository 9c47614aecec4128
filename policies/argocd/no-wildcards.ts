import { cis, pci } from "../model/framework.ts";
import { spec } from "../model/kubernetes-object.ts";
import type { KubernetesObject } from "../model/kubernetes-object.ts";
import { objectPolicy } from "../model/object-policy.ts";
import { quote } from "../model/values.ts";

import { isPreviewProject, isProject } from "./objects.ts";

/** What gives rights in a project. Deny lists (`!pattern`, blacklists) may be as wide as they like. */
const granting = [
  "sourceRepos",
  "sourceNamespaces",
  "destinations",
  "destinationServiceAccounts",
  "clusterResourceWhitelist",
  "namespaceResourceWhitelist",
  "roles",
] as const;

export const noWildcards = objectPolicy({
  name: "argocd-no-wildcards",
  description: "A project names its sources, destinations, kinds and role policies one by one.",
  severity: "critical",
  remediation: "replace `*` by the repositories, namespaces, kinds, actions and Applications that are meant",
  references: [cis("4.1.3"), pci("7.2.2")],
  judgeObject: (object) => {
    if (!isProject(object)) return [];
    return granting.flatMap((field) =>
      wildcards(spec(object)[field], `spec.${field}`)
        .filter(([path, value]) => !isPreviewNamespace(object, path, value))
        .map(([path, value]) => `${path} is ${quote(value)}`),
    );
  },
});

/** Pull requests get a namespace each, which nobody can name before; only in a project that is labelled for them. */
const previewPlaces = /^spec\.(destinations\[\d+\]\.namespace|clusterResourceWhitelist\[\d+\]\.name)$/;

function isPreviewNamespace(project: KubernetesObject, path: string, value: string): boolean {
  return isPreviewProject(project) && previewPlaces.test(path) && value === "preview-*";
}

function wildcards(value: unknown, path: string): readonly (readonly [path: string, value: string])[] {
  if (typeof value === "string") return value.includes("*") && !value.startsWith("!") ? [[path, value]] : [];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => wildcards(item, `${path}[${index}]`));
  // A description may contain what it likes.
  const granted = Object.entries(value).filter(([key]) => key !== "description");
  return granted.flatMap(([key, item]) => wildcards(item, `${path}.${key}`));
}
