import type { PlatformConfig } from "../infra/config/index.ts";
import { argocdSettings } from "../infra/controllers/argocd/settings.ts";
import type { ArgocdSettings } from "../infra/controllers/argocd/settings.ts";

/** The settings that the Helm release of Argo CD would have for this configuration. */
export function localArgocdSettings(config: Pick<PlatformConfig, "environments" | "groups">): ArgocdSettings {
  return argocdSettings({ projects: config.environments, roles: config.groups });
}
