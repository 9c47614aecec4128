import type { LocalAccount } from "./accounts.ts";

/** The part of an AppProject that says who has which role in it. */
export interface ProjectRoles {
  readonly name: string;
  readonly roles: readonly { readonly name: string; readonly groups: readonly string[] }[];
}

/** The lines `g, <group>, <role>` of an Argo CD policy. */
function groupings(policy: string): readonly (readonly [subject: string, role: string])[] {
  return policy
    .split("\n")
    .map((line) => line.split(",").map((field) => field.trim()))
    .filter((fields) => fields[0] === "g" && fields.length >= 3)
    .map((fields) => [fields[1] ?? "", fields[2] ?? ""] as const);
}

/**
 * Policy lines that give each local account what its SSO group has, in `policies` (the CSV texts of argocd-rbac-cm)
 * and in the roles of AppProjects. Local accounts cannot be members of groups, hence a line for each.
 */
export function accountPolicy(
  accounts: readonly LocalAccount[],
  policies: readonly string[],
  projects: readonly ProjectRoles[] = [],
): string {
  const roles = [
    ...policies.flatMap(groupings),
    ...projects.flatMap(({ name, roles: own }) =>
      own.flatMap((role) => role.groups.map((group) => [group, `proj:${name}:${role.name}`] as const)),
    ),
  ];
  const lines = accounts.flatMap((account) =>
    roles.filter(([group]) => group === account.group).map(([, role]) => `g, ${account.name}, ${role}`),
  );
  return [...new Set(lines)].map((line) => `${line}\n`).join("");
}
