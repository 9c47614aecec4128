import { parseEvent } from "../../cli/recovery/index.ts";
import type { RecoveryEvent } from "../../cli/recovery/index.ts";
import { annotations, labels } from "../../infra/labels.ts";

/** An Application, as far as a report reads it (pkg/apis/application/v1alpha1/types.go of Argo CD 3.5). */
export interface ReportedApplication {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly project?: string;
    readonly destination?: { readonly namespace?: string };
    readonly source?: { readonly repoURL: string; readonly targetRevision?: string; readonly path?: string };
  };
  readonly status?: {
    readonly health?: { readonly status?: string; readonly lastTransitionTime?: string };
    readonly history?: readonly { readonly revision?: string }[];
    readonly operationState?: {
      readonly phase?: string;
      readonly message?: string;
      readonly startedAt?: string;
      readonly finishedAt?: string;
      readonly syncResult?: { readonly revision?: string };
      readonly operation?: { readonly initiatedBy?: { readonly username?: string; readonly automated?: boolean } };
    };
  };
}

/**
 * The report that Argo CD's notifications make of an Application (infra/controllers/argocd/notifications.ts), on the
 * same conditions; undefined when there is nothing to report or it is none of the platform's.
 */
export function healthReportOf(application: ReportedApplication): RecoveryEvent | undefined {
  const { status } = application;
  const { health, operationState: operation } = status ?? {};
  const kind = { Degraded: "degraded", Healthy: "healthy" }[health?.status ?? ""];
  const [since, started] = [health?.lastTransitionTime, operation?.startedAt];
  if (kind === undefined || since === undefined || started === undefined) return undefined;
  if (Date.parse(since) < Date.parse(started)) return undefined;
  if (kind === "healthy" && operation?.phase !== "Succeeded") return undefined;
  return report(application, { kind, since });
}

/** The same of a sync that has ended. */
export function syncReportOf(application: ReportedApplication): RecoveryEvent | undefined {
  const { phase, finishedAt, operation } = application.status?.operationState ?? {};
  if (finishedAt === undefined || !["Succeeded", "Failed", "Error"].includes(phase ?? "")) return undefined;
  const { username: initiatedBy, automated } = operation?.initiatedBy ?? {};
  return report(application, { kind: "synced", phase, initiatedBy, automated });
}

function report({ metadata, spec, status }: ReportedApplication, more: object): RecoveryEvent | undefined {
  const { operationState: operation, history = [] } = status ?? {};
  try {
    return parseEvent({
      version: 1,
      name: metadata.name,
      application: metadata.labels?.[labels.application],
      environment: metadata.labels?.[labels.environment],
      project: spec.project,
      repository: spec.source?.repoURL,
      branch: spec.source?.targetRevision,
      path: spec.source?.path,
      revision: operation?.syncResult?.revision,
      onFailure: metadata.annotations?.[annotations.onFailure],
      degradeFlag: metadata.annotations?.[annotations.degradeFlag],
      message: (operation?.message ?? "").slice(0, 1500),
      startedAt: operation?.startedAt,
      finishedAt: operation?.finishedAt,
      deployed: history.flatMap(({ revision }) => (revision === undefined ? [] : [revision])),
      ...more,
    });
  } catch {
    return undefined;
  }
}
