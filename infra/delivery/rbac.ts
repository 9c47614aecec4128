import { Role } from "@pulumi/kubernetes/rbac/v1/role.js";
import { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import type { Groups } from "../config/delivery.ts";

import type { DeliveryEnvironment } from "./environment.ts";
import { rbacObjects } from "./rbac-objects.ts";

/** The Roles of an environment's namespace, and who has them. */
export function createRbac(environment: DeliveryEnvironment, groups: Groups, options: CustomResourceOptions): void {
  const { roles, bindings } = rbacObjects(environment, groups);
  const named = (object: { readonly metadata: { readonly name: string } }) =>
    `${environment.name}-${object.metadata.name}`;
  const made = new Map(roles.map((role) => [role.metadata.name, new Role(named(role), role, options)]));
  for (const binding of bindings) {
    const role = made.get(binding.roleRef.name);
    const after = [options.dependsOn ?? [], role ?? []].flat() as Resource[];
    new RoleBinding(named(binding), binding, { ...options, dependsOn: after });
  }
}
