import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { Ingress } from "@pulumi/kubernetes/networking/v1/ingress.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { ClusterRole } from "@pulumi/kubernetes/rbac/v1/clusterRole.js";
import { ClusterRoleBinding } from "@pulumi/kubernetes/rbac/v1/clusterRoleBinding.js";
import { Role } from "@pulumi/kubernetes/rbac/v1/role.js";
import { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import type { Manifest } from "../crds/tekton.ts";

type Kind = new (name: string, args: never, options: CustomResourceOptions) => Resource;

/** Kinds that the Kubernetes provider knows by name. */
const kinds: Readonly<Record<string, Kind>> = {
  ClusterRole,
  ClusterRoleBinding,
  Ingress,
  NetworkPolicy,
  Role,
  RoleBinding,
  ServiceAccount,
};

/** Makes one object; its resource is named after its place, which no two objects share. */
export function createObject(manifest: Manifest, options: CustomResourceOptions): Resource {
  const { kind, metadata } = manifest;
  const place = metadata.namespace === undefined ? "" : `${metadata.namespace}-`;
  const name = `${place}${kind.toLowerCase()}-${metadata.name}`;
  const Known = kinds[kind];
  return Known === undefined
    ? new CustomResource(name, manifest, options)
    : new Known(name, manifest as never, options);
}
