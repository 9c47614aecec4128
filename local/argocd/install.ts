import { isNotFound } from "../kubernetes/api-error.ts";
import { applyObjects } from "../kubernetes/apply.ts";
import { waitForDefinitions } from "../kubernetes/established.ts";
import type { KubernetesObject, RestClient } from "../kubernetes/rest-client.ts";

import type { UpstreamManifests } from "./manifests.ts";
import { argocdNamespace, fieldManager } from "./names.ts";

/** On the namespace of Argo CD: the digest of what was applied last. */
const digestAnnotation = "gitops.platform/argocd-install";

function namespace(annotations: Readonly<Record<string, string>>): KubernetesObject {
  const labels = { "app.kubernetes.io/part-of": "argocd" };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name: argocdNamespace, labels, annotations } };
}

async function appliedDigest(client: RestClient): Promise<string | undefined> {
  try {
    const found = await client.get<KubernetesObject>(`/api/v1/namespaces/${argocdNamespace}`);
    return found.metadata.annotations?.[digestAnnotation];
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/**
 * Applies namespace, CRDs and rights, unless the cluster has exactly these already: the CRDs alone are 1.7 MB, which
 * a warm start need not send. The digest is written last, so that a crash half-way leads to another apply.
 *
 * @returns whether anything was applied
 */
export async function install(
  client: RestClient,
  manifests: Pick<UpstreamManifests, "digest" | "definitions" | "rights">,
  signal?: AbortSignal,
): Promise<boolean> {
  if ((await appliedDigest(client)) === manifests.digest) return false;
  const definitions = manifests.definitions();
  const options = { fieldManager, ...(signal ? { signal } : {}) };
  await applyObjects(client, [namespace({}), ...definitions], options);
  await applyObjects(client, manifests.rights, options);
  const names = definitions.map((definition) => definition.metadata.name);
  await waitForDefinitions(client, names, signal ? { signal } : {});
  await applyObjects(client, [namespace({ [digestAnnotation]: manifests.digest })], options);
  return true;
}
