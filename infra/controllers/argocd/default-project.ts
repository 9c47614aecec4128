import { CustomResourcePatch } from "@pulumi/kubernetes/apiextensions/customResourcePatch.js";
import type { CustomResourceOptions } from "@pulumi/pulumi/resource.js";

import { argocdApiVersion, argocdNamespace } from "../../crds/argocd.ts";
import type { AppProjectSpec } from "../../crds/argocd.ts";

/** Nothing from nowhere to nowhere. */
export const neutralSpec: AppProjectSpec = {
  description: "Not in use: every Application belongs to the AppProject of its environment.",
  sourceRepos: [],
  destinations: [],
  clusterResourceWhitelist: [],
  namespaceResourceWhitelist: [],
};

/**
 * Takes all rights from the AppProject `default`, which Argo CD makes at its first start and which allows everything:
 * an Application that names no project would land in it.
 *
 * It is there already, and the Kubernetes provider refuses to create what exists (`upsertExistingObjects` of its
 * `ProviderArgs`); hence a patch, with `patchForce` to take Argo CD's fields over (Pulumi, "Managing Resources with
 * Server-Side Apply"). The project is Argo CD's and outlives the stack, without rights: the patch cannot be taken back,
 * because it holds all that is in the required field `spec`.
 */
export function neutraliseDefaultProject(options: CustomResourceOptions): CustomResourcePatch {
  return new CustomResourcePatch(
    "argocd-default-project",
    {
      apiVersion: argocdApiVersion,
      kind: "AppProject",
      metadata: {
        name: "default",
        namespace: argocdNamespace,
        annotations: { "pulumi.com/patchForce": "true" },
      },
      spec: neutralSpec,
    },
    { ...options, retainOnDelete: true },
  );
}
