import { summarize } from "../argocd/applications.ts";
import type { Application, ApplicationSummary } from "../argocd/applications.ts";

import type { SyncOutcome } from "./sync-outcome.ts";

/** Wide enough for the platform's own names. */
const columns = { environment: 8, application: 14, sync: 9, health: 11 } as const;

export interface ReportOptions {
  /** The path of the `argocd` command, to be shown; undefined where there is no Argo CD. */
  readonly argocd: string | undefined;
  /** Since the push. */
  readonly seconds: number;
}

/** One line for an Application: at its end, or with `outcome` undefined when the wait is over before. */
export function reportLine(application: Application, outcome: SyncOutcome | undefined, options: ReportOptions): string {
  const summary = summarize(application);
  const fields = [
    summary.environment.padEnd(columns.environment),
    summary.application.padEnd(columns.application),
    summary.revision.slice(0, 7).padEnd(7),
    summary.sync.padEnd(columns.sync),
    summary.health.padEnd(columns.health),
    `${options.seconds.toFixed(1)} s`,
  ];
  return `  ${[...fields, ...remark(summary, outcome, options.argocd)].join("  ")}`;
}

function remark(
  { application, environment, name, message }: ApplicationSummary,
  outcome: SyncOutcome | undefined,
  argocd: string | undefined,
): string[] {
  switch (outcome?.kind) {
    case "deployed":
      return [];
    case "awaiting-approval":
      return [
        `awaits approval: ${argocd === undefined ? `npx gitops approve ${application} --env ${environment} --local` : `${argocd} app sync ${name}`}`,
      ];
    case "awaiting-window":
      return [`waits for its window: ${outcome.reason}`];
    case "superseded":
      return ["a later push took over"];
    case "failed":
      return [outcome.reason];
    case undefined:
      return [`still under way: ${message}`];
  }
}
