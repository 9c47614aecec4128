import type { Calendar } from "../calendar/calendar.ts";
import type { Groups } from "../config/delivery.ts";
import { destination } from "../crds/argocd.ts";
import type { AppProjectSpec } from "../crds/argocd.ts";

import type { DeliveryEnvironment, DeliveryApplication } from "./environment.ts";
import { allowedKinds } from "./kinds.ts";
import { projectWindows } from "./sync-window.ts";

type ProjectRole = NonNullable<AppProjectSpec["roles"]>[number];

/** What each role may do with an Application (Argo CD, "RBAC Configuration"). Named one by one: never `*`. */
const roleActions: Readonly<Record<keyof Groups, readonly string[]>> = {
  viewer: ["get"],
  deployer: ["get", "sync"],
  admin: ["get", "create", "update", "delete", "sync", "override"],
};

/** The boundary of one environment: one repository, one namespace, an explicit list of kinds, roles, windows. */
export function appProjectSpec(
  environment: DeliveryEnvironment,
  repository: string,
  groups: Groups,
  calendar: Calendar,
): AppProjectSpec {
  const { name, namespace, remoteCluster } = environment;
  return {
    description: `Applications of ${name}`,
    sourceRepos: [repository],
    destinations: [destination(namespace, remoteCluster)],
    clusterResourceWhitelist: [],
    namespaceResourceWhitelist: allowedKinds.map((kind) => ({ ...kind })),
    roles: (Object.keys(roleActions) as (keyof Groups)[]).map((role) => projectRole(role, environment, groups[role])),
    syncWindows: projectWindows(environment, calendar),
  };
}

function projectRole(role: keyof Groups, environment: DeliveryEnvironment, groups: readonly string[]): ProjectRole {
  const project = environment.name;
  const rule = (application: DeliveryApplication, action: string) =>
    `p, proj:${project}:${role}, applications, ${action}, ${project}/${application.name}, allow`;
  return {
    name: role,
    description: `${role} of ${project}`,
    groups: [...groups],
    policies: environment.applications.flatMap((application) =>
      roleActions[role].map((action) => rule(application, action)),
    ),
  };
}
