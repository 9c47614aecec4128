import type { RestClient } from "../kubernetes/rest-client.ts";

import { applicationReason } from "./application-reason.ts";
import { applicationLabels, argocdNamespace } from "./names.ts";

/** An Application, as far as the platform reads it (pkg/apis/application/v1alpha1/types.go of Argo CD 3.5). */
export interface Application {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly resourceVersion?: string;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly project?: string;
    readonly source?: { readonly repoURL: string; readonly targetRevision?: string; readonly path?: string };
    readonly syncPolicy?: { readonly automated?: { readonly enabled?: boolean } };
  };
  readonly operation?: unknown;
  readonly status?: {
    readonly sync?: { readonly status?: string; readonly revision?: string };
    readonly health?: { readonly status?: string };
    readonly conditions?: readonly { readonly type: string; readonly message: string }[];
    readonly operationState?: {
      readonly phase: "Running" | "Terminating" | "Failed" | "Error" | "Succeeded";
      readonly message?: string;
      readonly retryCount?: number;
      readonly syncResult?: { readonly revision?: string };
    };
    readonly resources?: readonly {
      readonly kind: string;
      readonly name: string;
      readonly status?: string;
      readonly health?: { readonly status?: string; readonly message?: string };
      readonly requiresPruning?: boolean;
    }[];
  };
}

/** One line of the table. */
export interface ApplicationSummary {
  /** The label, or the name of the preview; empty for an Application that is none of the platform's. */
  readonly environment: string;
  /** The label, or else the Application's name. */
  readonly application: string;
  /** Of the Application object. */
  readonly name: string;
  /** The commit that it was compared with last, all 40 digits; empty before the first comparison. */
  readonly revision: string;
  /** `Synced`, `OutOfSync` or `Unknown`. */
  readonly sync: string;
  /** `Healthy`, `Progressing`, `Degraded`, `Suspended`, `Missing` or `Unknown`. */
  readonly health: string;
  /** Why it is not Synced and Healthy; empty when it is. */
  readonly message: string;
  /** Whether Argo CD syncs it by itself. */
  readonly automated: boolean;
}

/** True when Argo CD syncs it by itself: `automated` is there and not switched off by `enabled: false`. */
export function isAutomated(application: Application): boolean {
  const automated = application.spec.syncPolicy?.automated;
  return automated !== undefined && automated.enabled !== false;
}

export function summarize(application: Application): ApplicationSummary {
  const { metadata, status } = application;
  return {
    environment: metadata.labels?.[applicationLabels.environment] ?? metadata.labels?.[applicationLabels.preview] ?? "",
    application: metadata.labels?.[applicationLabels.application] ?? metadata.name,
    name: metadata.name,
    revision: status?.sync?.revision ?? "",
    sync: status?.sync?.status ?? "Unknown",
    health: status?.health?.status ?? "Unknown",
    message: applicationReason(application),
    automated: isAutomated(application),
  };
}

export const applicationsPath = `/apis/argoproj.io/v1alpha1/namespaces/${argocdNamespace}/applications`;

/** The Applications of the platform, and where in time the list stands (for a watch that goes on from there). */
export async function listApplications(
  client: RestClient,
): Promise<{ readonly items: readonly Application[]; readonly resourceVersion: string }> {
  const list = await client.get<{
    readonly metadata: { readonly resourceVersion: string };
    readonly items: readonly Application[];
  }>(applicationsPath);
  return { items: list.items, resourceVersion: list.metadata.resourceVersion };
}

/** Every Application, summarised, sorted by environment and application. */
export async function readApplications(client: RestClient): Promise<readonly ApplicationSummary[]> {
  const { items } = await listApplications(client);
  return items
    .map(summarize)
    .sort((a, b) => a.environment.localeCompare(b.environment) || a.application.localeCompare(b.application));
}
