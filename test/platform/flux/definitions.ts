import { CustomResourceDefinition } from "@pulumi/kubernetes/apiextensions/v1/customResourceDefinition.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

const kinds = [
  ["source.toolkit.fluxcd.io", "v1", "GitRepository", "gitrepositories"],
  ["source.toolkit.fluxcd.io", "v1", "HelmRepository", "helmrepositories"],
  ["kustomize.toolkit.fluxcd.io", "v1", "Kustomization", "kustomizations"],
  ["helm.toolkit.fluxcd.io", "v2", "HelmRelease", "helmreleases"],
] as const;

/** Any field. */
const schema = { openAPIV3Schema: { "type": "object", "x-kubernetes-preserve-unknown-fields": true } };

/**
 * Kinds of Flux that take any field: what is tried here is the admission alone, and a schema must not refuse for it.
 */
export function createDefinitions(options: CustomResourceOptions): Resource[] {
  return kinds.map(
    ([group, name, kind, plural]) =>
      new CustomResourceDefinition(
        plural,
        {
          metadata: { name: `${plural}.${group}` },
          spec: {
            group,
            scope: "Namespaced",
            names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
            versions: [
              {
                name,
                served: true,
                storage: true,
                schema,
              },
            ],
          },
        },
        options,
      ),
  );
}
