import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { parseAllDocuments } from "yaml";

import type { KubernetesObject } from "../kubernetes/rest-client.ts";

import { argocdNamespace } from "./names.ts";

/** What the platform takes from Argo CD's own `manifests/install.yaml`, the cluster-scoped installation. */
export interface UpstreamManifests {
  readonly definitions: readonly KubernetesObject[];
  /** ServiceAccounts, Roles, ClusterRoles and their bindings: the rights that upstream gives. */
  readonly rights: readonly KubernetesObject[];
  /** ConfigMaps and Secrets, some of which are given content by the platform. */
  readonly configuration: readonly KubernetesObject[];
  /** Deployments and the StatefulSet. Not applied: the processes take their environment from them. */
  readonly workloads: readonly KubernetesObject[];
}

const kinds: Readonly<Record<keyof UpstreamManifests, readonly string[]>> = {
  definitions: ["CustomResourceDefinition"],
  rights: ["ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"],
  configuration: ["ConfigMap", "Secret"],
  workloads: ["Deployment", "StatefulSet"],
};

/** Here no Service and no network stands between the components, and Dex needs an identity provider to be of use. */
const leftOut: readonly string[] = ["Service", "NetworkPolicy"];

const clusterScoped: readonly string[] = ["CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding"];

function inNamespace(object: KubernetesObject): KubernetesObject {
  if (clusterScoped.includes(object.kind)) return object;
  return { ...object, metadata: { ...object.metadata, namespace: argocdNamespace } };
}

/**
 * Sorts the objects of a multi-document YAML text.
 *
 * Throws on a kind it does not know, so that a new version of Argo CD with a new kind of object is noticed.
 */
export function parseManifests(text: string): UpstreamManifests {
  const objects = parseAllDocuments(text)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null)
    .map(inNamespace);
  const known = [...Object.values(kinds).flat(), ...leftOut];
  const stranger = objects.find((object) => !known.includes(object.kind));
  if (stranger) {
    throw new Error(
      `manifests of Argo CD: kind "${stranger.kind}" ("${stranger.metadata.name}") is not expected; ` +
        `expected one of ${known.join(", ")}. Decide in local/argocd/manifests.ts whether the platform needs it`,
    );
  }
  const select = (part: keyof UpstreamManifests) => objects.filter((object) => kinds[part].includes(object.kind));
  return {
    definitions: select("definitions"),
    rights: select("rights"),
    configuration: select("configuration"),
    workloads: select("workloads"),
  };
}

/** Reads `manifests/install.yaml` below the folder with files of the Argo CD module. */
export async function readManifests(moduleFiles: string): Promise<UpstreamManifests> {
  return parseManifests(await readFile(join(moduleFiles, "manifests", "install.yaml"), "utf8"));
}
