import { isKind, namespaceOf, spec } from "../model/kubernetes-object.ts";
import type { KubernetesObject } from "../model/kubernetes-object.ts";
import { fields, list, text } from "../model/values.ts";

export const isGitRepository = (object: KubernetesObject): boolean =>
  isKind(object, "source.toolkit.fluxcd.io", "GitRepository");

export const isKustomization = (object: KubernetesObject): boolean =>
  isKind(object, "kustomize.toolkit.fluxcd.io", "Kustomization");

/** Whether a person has to let each sync through. */
export const isSuspended = (kustomization: KubernetesObject): boolean => spec(kustomization)["suspend"] === true;

/** References of a Kustomization into other namespaces, as `field: namespace`. */
export function strangeReferences(kustomization: KubernetesObject): readonly string[] {
  const { sourceRef, dependsOn } = spec(kustomization);
  const own = namespaceOf(kustomization);
  const references = [
    ["sourceRef", fields(sourceRef)],
    ...list(dependsOn).map((one, index) => [`dependsOn[${index}]`, fields(one)] as const),
  ] as const;
  return references.flatMap(([field, reference]) => {
    const namespace = text(reference["namespace"]);
    return namespace === undefined || namespace === own ? [] : [`${field} is in namespace "${namespace}"`];
  });
}
