/** Who holds the platform's roles in Argo CD: groups of the identity provider, or local accounts. */
export interface RoleSubjects {
  /** Read applications and logs of the projects. Default none. */
  readonly viewer?: readonly string[];
  /** `viewer`, and sync, restart, pause and resume in the projects. Default none. */
  readonly deployer?: readonly string[];
  /** Argo CD's own `role:admin`. Default none. */
  readonly admin?: readonly string[];
}

/** Membership in a role that an AppProject defines under `spec.roles`. */
export interface ProjectRoleGrant {
  readonly project: string;
  readonly role: string;
  readonly subjects: readonly string[];
}

export interface RbacPolicyOptions {
  /** Names of the AppProjects that viewers and deployers may reach; no other one, and never all. */
  readonly projects: readonly string[];
  readonly roles: RoleSubjects;
  /** Default none: an AppProject can name its groups itself. */
  readonly projectRoles?: readonly ProjectRoleGrant[];
}

/** What a viewer may do to everything in one project. */
const viewerRules: readonly (readonly [resource: string, action: string])[] = [
  ["applications", "get"],
  ["applicationsets", "get"],
  ["logs", "get"],
];

/**
 * What a deployer may do beyond a viewer. The actions are names of folders under resource_customizations/ in
 * argoproj/argo-cd v3.5.7. There is no create, update, delete or override: those changes come from Git.
 */
const deployerRules: readonly (readonly [resource: string, action: string])[] = [
  ["applications", "sync"],
  ["applications", "action/apps/Deployment/restart"],
  ["applications", "action/keda.sh/ScaledObject/pause"],
  ["applications", "action/keda.sh/ScaledObject/resume"],
];

/** `policy.csv` of argocd-rbac-cm: roles viewer, deployer and admin, and who has them. */
export function rbacPolicy(options: RbacPolicyOptions): string {
  const rules = options.projects.flatMap((project) => [
    line("p", "role:viewer", "projects", "get", project, "allow"),
    ...viewerRules.map(([resource, action]) => line("p", "role:viewer", resource, action, `${project}/*`, "allow")),
    ...deployerRules.map(([resource, action]) => line("p", "role:deployer", resource, action, `${project}/*`, "allow")),
  ]);
  const members = [
    ...grants(options.roles.viewer, "role:viewer"),
    ...grants(options.roles.deployer, "role:deployer"),
    ...grants(options.roles.admin, "role:admin"),
    ...(options.projectRoles ?? []).flatMap(({ project, role, subjects }) =>
      grants(subjects, `proj:${project}:${role}`),
    ),
  ];
  return [...rules, line("g", "role:deployer", "role:viewer"), ...members].map((text) => `${text}\n`).join("");
}

function grants(subjects: readonly string[] | undefined, role: string): string[] {
  return (subjects ?? []).map((subject) => line("g", subject, role));
}

/** Argo CD reads each line with Go's CSV reader (util/rbac/rbac.go), so a comma in a group's name is quoted. */
function line(...fields: readonly string[]): string {
  return fields.map((field) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(", ");
}
