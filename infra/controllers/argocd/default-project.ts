import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
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
 * an Application that names no project would land in it. It is there already, so `patchForce` takes its fields over
 * (Pulumi, "Managing Resources with Server-Side Apply").
 */
export function neutraliseDefaultProject(options: CustomResourceOptions): CustomResource {
  return new CustomResource(
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
    options,
  );
}
