import type { Application } from "../../../local/argocd/index.ts";

export interface ObjectArgs {
  readonly sync: string;
  readonly revision?: string;
  /** Default: Healthy. */
  readonly health?: string;
  /** Default: true. */
  readonly automated?: boolean;
  /** Default: dev. */
  readonly environment?: string;
  readonly refreshing?: boolean;
  readonly status?: Partial<NonNullable<Application["status"]>>;
}

/** An Application as the API server gives it, of the application `web`. */
export function application(args: ObjectArgs): Application {
  const environment = args.environment ?? "dev";
  return {
    metadata: {
      name: `web-${environment}`,
      labels: { "gitops.platform/environment": environment, "gitops.platform/application": "web" },
      annotations: args.refreshing ? { "argocd.argoproj.io/refresh": "normal" } : {},
    },
    spec: (args.automated ?? true) ? { syncPolicy: { automated: {} } } : {},
    status: {
      sync: { status: args.sync, ...(args.revision === undefined ? {} : { revision: args.revision }) },
      health: { status: args.health ?? "Healthy" },
      ...args.status,
    },
  };
}
