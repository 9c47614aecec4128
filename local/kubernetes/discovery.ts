import { isNotFound } from "./api-error.ts";
import type { KubernetesObject, RestClient } from "./rest-client.ts";

interface ResourceList {
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
}

/** Where the API server keeps an object. */
export type PathOf = (object: KubernetesObject) => Promise<string>;

function groupPath(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/**
 * Finds the path of any object by asking the API server which resources it serves; each group is asked once.
 *
 * A kind that is not there is asked again the next time, since its CRD may have come meanwhile. The returned
 * function rejects with a message that names the kind when it is not served.
 */
export function discovery(client: RestClient): PathOf {
  const groups = new Map<string, Promise<ResourceList>>();
  return async (object) => {
    const group = groupPath(object.apiVersion);
    const list = groups.get(group) ?? client.get<ResourceList>(group);
    groups.set(group, list);
    let resource;
    try {
      resource = (await list).resources.find((entry) => entry.kind === object.kind && !entry.name.includes("/"));
    } catch (error) {
      groups.delete(group);
      if (!isNotFound(error)) throw error;
    }
    if (!resource) {
      groups.delete(group);
      throw new Error(`kind "${object.kind}" of "${object.apiVersion}" is not served; is its CRD installed?`);
    }
    const namespace = resource.namespaced ? `/namespaces/${object.metadata.namespace ?? "default"}` : "";
    return `${group}${namespace}/${resource.name}/${object.metadata.name}`;
  };
}
