import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { parse } from "yaml";

import type { KubernetesObject } from "../kubernetes/rest-client.ts";

import { argocdNamespace } from "./names.ts";

/** What the platform takes from Argo CD's own `manifests/install.yaml`, the cluster-scoped installation. */
export interface UpstreamManifests {
  /** Of the whole text. */
  readonly digest: string;
  /** The CRDs. A function, because parsing these 1.7 MB takes seconds and a warm start does not need them. */
  readonly definitions: () => readonly KubernetesObject[];
  /** ServiceAccounts, Roles, ClusterRoles and their bindings: the rights that upstream gives. */
  readonly rights: readonly KubernetesObject[];
  /** ConfigMaps and Secrets, some of which are given content by the platform. */
  readonly configuration: readonly KubernetesObject[];
  /** Deployments and the StatefulSet. Not applied: the processes take their environment from them. */
  readonly workloads: readonly KubernetesObject[];
}

const kinds: Readonly<Record<Exclude<keyof UpstreamManifests, "digest">, readonly string[]>> = {
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

const kindOf = (document: string): string => /^kind: *(\S+)/m.exec(document)?.[1] ?? "";

/**
 * Sorts the objects of a multi-document YAML text.
 *
 * Throws on a kind it does not know, so that a new version of Argo CD with a new kind of object is noticed.
 */
export function parseManifests(text: string): UpstreamManifests {
  const documents = text.split(/^---$/m).filter((document) => kindOf(document) !== "");
  const known = [...Object.values(kinds).flat(), ...leftOut];
  const stranger = documents.map(kindOf).find((kind) => !known.includes(kind));
  if (stranger) {
    throw new Error(
      `manifests of Argo CD: kind "${stranger}" is not expected; expected one of ${known.join(", ")}. ` +
        `Decide in local/argocd/manifests.ts whether the platform needs it`,
    );
  }
  const select = (part: keyof typeof kinds): readonly KubernetesObject[] =>
    documents
      .filter((document) => kinds[part].includes(kindOf(document)))
      .map((document) => inNamespace(parse(document) as KubernetesObject));
  return {
    digest: createHash("sha256").update(text).digest("hex"),
    definitions: () => select("definitions"),
    rights: select("rights"),
    configuration: select("configuration"),
    workloads: select("workloads"),
  };
}

/** Reads `manifests/install.yaml` below the folder with files of the Argo CD module. */
export async function readManifests(moduleFiles: string): Promise<UpstreamManifests> {
  return parseManifests(await readFile(join(moduleFiles, "manifests", "install.yaml"), "utf8"));
}
