import type { AlertsConfig } from "../config/alerts.ts";
import type { FluxConfig, GitopsKind } from "../config/gitops.ts";

import { argocdEngine } from "./argocd.ts";
import type { ArgocdEngineArgs } from "./argocd.ts";
import type { GitOpsEngine } from "./engine.ts";
import { fluxEngine } from "./flux/index.ts";

export interface EngineArgs extends ArgocdEngineArgs {
  readonly flux: FluxConfig;
  readonly alerts: AlertsConfig;
}

/** In a stack whose applications come from the Argo CD of another one, nothing of an engine is made. */
export const engineElsewhere: GitOpsEngine = { kind: "argocd", prepare: () => [], deliver: () => [] };

/** The engine that a stack has chosen. */
export function gitOpsEngine(kind: GitopsKind, { flux, alerts, ...args }: EngineArgs): GitOpsEngine {
  switch (kind) {
    case "argocd":
      return argocdEngine(args);
    case "flux":
      return fluxEngine({ repository: args.repository, groups: args.groups, config: flux, alerts });
  }
}
