import { install as installInto } from "../kubernetes/install.ts";
import type { RestClient } from "../kubernetes/rest-client.ts";

import type { UpstreamManifests } from "./manifests.ts";
import { argocdNamespace, fieldManager } from "./names.ts";

/**
 * Applies namespace, CRDs and rights of Argo CD, unless the cluster has exactly these already.
 *
 * @returns whether anything was applied
 */
export async function install(
  client: RestClient,
  manifests: Pick<UpstreamManifests, "digest" | "definitions" | "rights">,
  signal?: AbortSignal,
): Promise<boolean> {
  const installation = {
    namespace: {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: argocdNamespace, labels: { "app.kubernetes.io/part-of": "argocd" } },
    },
    digestAnnotation: "gitops.platform/argocd-install",
    digest: manifests.digest,
    definitions: () => Promise.resolve(manifests.definitions()),
    objects: manifests.rights,
    fieldManager,
  };
  return installInto(client, installation, signal);
}
