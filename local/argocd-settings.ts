import type { PlatformConfig } from "../infra/config/index.ts";
import { argocdSettings } from "../infra/controllers/argocd/settings.ts";
import type { ArgocdSettings } from "../infra/controllers/argocd/settings.ts";
import { appProjectSpec } from "../infra/delivery/app-project.ts";
import { previewProjects } from "../infra/delivery/preview-names.ts";

import type { ProjectRoles } from "./argocd/index.ts";
import type { LocalProgram } from "./program.ts";

/** The roles of the AppProjects that the program declares: known before it is applied, so every start says the same. */
export function localProjectRoles({ config, environments }: LocalProgram): readonly ProjectRoles[] {
  return environments.map((environment) => {
    const calendar = { now: new Date(), freezes: [] };
    const { roles = [] } = appProjectSpec(environment, config.repository, config.groups, calendar);
    return { name: environment.name, roles: roles.map(({ name, groups = [] }) => ({ name, groups })) };
  });
}

/** The settings that the Helm release of Argo CD would have for this configuration. */
export function localArgocdSettings(
  config: Pick<PlatformConfig, "environments" | "groups" | "previews">,
): ArgocdSettings {
  const projects = [...config.environments, ...(config.previews.source === "none" ? [] : previewProjects)];
  return argocdSettings({ projects, roles: config.groups });
}
