import { isNotFound } from "../kubernetes/api-error.ts";
import type { RestClient } from "../kubernetes/rest-client.ts";

import { argocdNamespace } from "./names.ts";
import type { ProjectRoles } from "./rbac.ts";

interface AppProject {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly roles?: readonly { readonly name: string; readonly groups?: readonly string[] }[] };
}

/** Who has which role in each AppProject; none while the CRD is not there. */
export async function readProjectRoles(client: RestClient): Promise<readonly ProjectRoles[]> {
  const path = `/apis/argoproj.io/v1alpha1/namespaces/${argocdNamespace}/appprojects`;
  try {
    const { items } = await client.get<{ readonly items: readonly AppProject[] }>(path);
    return items.map(({ metadata, spec }) => ({
      name: metadata.name,
      roles: (spec.roles ?? []).map((role) => ({ name: role.name, groups: role.groups ?? [] })),
    }));
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}
