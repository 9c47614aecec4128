import { isNotFound } from "./api-error.ts";
import { applyObjects } from "./apply.ts";
import { waitForDefinitions } from "./established.ts";
import type { KubernetesObject, RestClient } from "./rest-client.ts";

/** What a controller needs in the cluster before it is started. */
export interface Installation {
  /** Its namespace. */
  readonly namespace: KubernetesObject;
  /** On the namespace: the digest of what was applied last. */
  readonly digestAnnotation: string;
  /** Of definitions and objects. */
  readonly digest: string;
  /** The CRDs. A function, because parsing them takes seconds and a warm start does not need them. */
  readonly definitions: () => Promise<readonly KubernetesObject[]>;
  /** Service accounts and rights. */
  readonly objects: readonly KubernetesObject[];
  /** The owner of all of it in `metadata.managedFields`. */
  readonly fieldManager: string;
}

/**
 * Applies namespace, CRDs and rights, unless the cluster has exactly these already: the CRDs alone are a megabyte,
 * which a warm start need not send. The digest is written last, so that a crash half-way leads to another apply.
 *
 * @returns whether anything was applied
 */
export async function install(client: RestClient, installation: Installation, signal?: AbortSignal): Promise<boolean> {
  const { namespace, digestAnnotation, digest, objects, fieldManager } = installation;
  if ((await appliedDigest(client, namespace.metadata.name, digestAnnotation)) === digest) return false;
  const definitions = await installation.definitions();
  const options = { fieldManager, ...(signal ? { signal } : {}) };
  await applyObjects(client, [namespace, ...definitions], options);
  await applyObjects(client, objects, options);
  const names = definitions.map((definition) => definition.metadata.name);
  await waitForDefinitions(client, names, signal ? { signal } : {});
  const { metadata, ...rest } = namespace;
  const annotations = { ...metadata.annotations, [digestAnnotation]: digest };
  await applyObjects(client, [{ ...rest, metadata: { ...metadata, annotations } }], options);
  return true;
}

async function appliedDigest(client: RestClient, namespace: string, annotation: string): Promise<string | undefined> {
  try {
    const found = await client.get<KubernetesObject>(`/api/v1/namespaces/${namespace}`);
    return found.metadata.annotations?.[annotation];
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
