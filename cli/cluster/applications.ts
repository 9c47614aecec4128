import { labels } from "../../infra/labels.ts";
import { applicationsPath } from "../../local/argocd/applications.ts";
import type { Application } from "../../local/argocd/applications.ts";
import type { ReportedApplication } from "../../local/receiver/application-report.ts";
import { UsageError } from "../errors.ts";

import type { Cluster } from "./connect.ts";
import { fluxApplications } from "./flux.ts";

/** One entry of `status.history` (RevisionHistory in pkg/apis/application/v1alpha1/types.go of Argo CD 3.5). */
export interface SyncedRevision {
  readonly id: number;
  readonly revision?: string;
  /** ISO 8601: when the sync ended, and when it began. */
  readonly deployedAt: string;
  readonly deployStartedAt?: string;
  readonly initiatedBy?: { readonly username?: string; readonly automated?: boolean };
}

/** An Application of the platform, with what the commands read of it. */
export type PlatformApplication = Application &
  ReportedApplication & {
    readonly metadata: { readonly namespace?: string };
    /** What delivers it. Default `argocd`. */
    readonly engine?: "flux";
    readonly spec: { readonly destination?: { readonly namespace?: string } };
    readonly status?: {
      /** Oldest first. */
      readonly history?: readonly SyncedRevision[];
      readonly summary?: { readonly images?: readonly string[] };
    };
  };

export const environmentOf = ({ metadata }: PlatformApplication): string => metadata.labels?.[labels.environment] ?? "";

export const applicationOf = ({ metadata }: PlatformApplication): string => metadata.labels?.[labels.application] ?? "";

/**
 * The Applications that belong to an application in an environment: those with both labels. Where Flux delivers, its
 * Kustomizations are the Applications: this is the one place that asks which engine a cluster has.
 * @throws UsageError when there is neither, or the cluster does not answer
 */
export async function platformApplications(cluster: Cluster): Promise<readonly PlatformApplication[]> {
  const list = await cluster.get<{ readonly items: readonly PlatformApplication[] }>(applicationsPath);
  const ofPlatform = (items: readonly PlatformApplication[]): readonly PlatformApplication[] =>
    items.filter((item) => environmentOf(item) !== "" && applicationOf(item) !== "");
  const applications = list === undefined ? [] : ofPlatform(list.items);
  if (applications.length > 0) return applications;
  const flux = await fluxApplications(cluster);
  if (flux !== undefined) return ofPlatform(flux);
  if (list === undefined) throw new UsageError(`the cluster has no Applications of Argo CD (${applicationsPath})`);
  return [];
}

/** The revision that was synced last, and so runs; undefined before the first sync. */
export function runningRevision({ status }: PlatformApplication): string | undefined {
  const last = status?.history?.at(-1)?.revision;
  if (last !== undefined && last !== "") return last;
  return status?.operationState?.phase === "Succeeded" ? status.operationState.syncResult?.revision : undefined;
}
