import { environmentNames, environments } from "../../../infra/environments.ts";
import { applicationOf, environmentOf, platformApplications } from "../../cluster/applications.ts";
import type { PlatformApplication, SyncedRevision } from "../../cluster/applications.ts";
import type { Cluster } from "../../cluster/connect.ts";
import type { ApplicationStatus } from "../../status/model.ts";
import { readStatus } from "../../status/read.ts";
import type { DashboardApplication, EnvironmentSummary, Snapshot, WaitingApproval } from "../model.ts";

import { canaryProgress } from "./canary.ts";
import type { AnalysedCanary } from "./canary.ts";
import { listsOf } from "./lists.ts";
import { readOnce } from "./read-once.ts";
import { scalingOf } from "./scaling.ts";
import type { Autoscaler, ScaledObject } from "./scaling.ts";
import { timelineOf } from "./timeline.ts";
import { readWindows } from "./windows.ts";

/** What a cluster says; the server adds the rest of a snapshot. */
export type Facts = Pick<Snapshot, "time" | "environments" | "applications" | "approvals" | "warnings">;

/**
 * Reads everything that the page shows at once: what `gitops status` says, by its own code, and more of each part.
 * @param options of a command that asks the same cluster, such as `--local`
 * @throws when the cluster does not answer or has no Argo CD
 */
export async function readFacts(live: Cluster, options = ""): Promise<Facts> {
  const cluster = readOnce(live);
  const [status, items, windows] = await Promise.all([
    readStatus(cluster, { environments: [] }),
    platformApplications(cluster),
    readWindows(cluster),
  ]);
  const details = await readDetails(cluster, items);
  const now = new Date(status.time);
  const applications = status.applications.flatMap((one): DashboardApplication[] => {
    const item = items.find(({ metadata }) => metadata.name === one.name);
    if (item === undefined) return [];
    const history: readonly SyncedRevision[] = item.status?.history ?? [];
    const last = history.at(-1);
    return [
      {
        ...one,
        ...details.of(item),
        id: `${one.environment}/${one.application}`,
        timeline: timelineOf(windows(one.environment, one.name), now),
        syncedAt: last?.deployedAt ?? null,
        syncedBy: last?.initiatedBy?.automated === true ? null : (last?.initiatedBy?.username ?? null),
      },
    ];
  });
  return {
    time: status.time,
    environments: environmentNames.map((name) => summaryOf(name, items)),
    applications,
    approvals: status.applications.flatMap((one) => approvalOf(one, options)),
    warnings: [...new Set([...status.warnings, ...details.warnings])],
  };
}

const namespaceOf = (item: PlatformApplication): string =>
  item.spec.destination?.namespace ??
  environments[environmentOf(item) as keyof typeof environments]?.namespace ??
  environmentOf(item);

async function readDetails(cluster: Cluster, items: readonly PlatformApplication[]) {
  const { list, warnings } = listsOf(cluster);
  const namespaces = [...new Set(items.map(namespaceOf))];
  const read = await Promise.all(
    namespaces.map(async (namespace) => {
      const [canaries, scaledObjects, autoscalers] = await Promise.all([
        list<AnalysedCanary>("flagger.app/v1beta1", namespace, "canaries"),
        list<ScaledObject>("keda.sh/v1alpha1", namespace, "scaledobjects"),
        list<Autoscaler>("autoscaling/v2", namespace, "horizontalpodautoscalers"),
      ]);
      return [namespace, { canaries, scaledObjects, autoscalers }] as const;
    }),
  );
  const found = new Map(read);
  const of = (item: PlatformApplication): Pick<DashboardApplication, "progress" | "scaling"> => {
    const name = applicationOf(item);
    const here = found.get(namespaceOf(item));
    const canary = here?.canaries.find(({ metadata }) => metadata.name === name);
    return {
      progress: canary === undefined ? null : canaryProgress(canary),
      scaling: scalingOf(name, here?.scaledObjects ?? [], here?.autoscalers ?? []),
    };
  };
  return { of, warnings };
}

function summaryOf(name: keyof typeof environments, items: readonly PlatformApplication[]): EnvironmentSummary {
  const { namespace, branch, sync } = environments[name];
  const own = items.filter((item) => environmentOf(item) === name);
  // The Applications know best which branch they follow.
  const followed = own[0]?.spec.source?.targetRevision;
  return { name, namespace, branch: followed ?? branch, sync, present: own.length > 0 };
}

function approvalOf({ environment, application, waitsFor, ...rest }: ApplicationStatus, options: string) {
  if (waitsFor !== "sync" && waitsFor !== "promotion") return [];
  const command = `gitops approve ${application} --env ${environment}${options === "" ? "" : ` ${options}`}`;
  const approval: WaitingApproval = { environment, application, kind: waitsFor, revision: rest.wanted, command };
  return [approval];
}
