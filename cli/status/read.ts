import { environmentNames, environments } from "../../infra/environments.ts";
import { applicationOf, environmentOf, platformApplications } from "../cluster/applications.ts";
import type { Cluster } from "../cluster/connect.ts";
import { readWorkloads } from "../cluster/workloads.ts";
import { UsageError } from "../errors.ts";
import { readProjectWindows } from "../windows/read.ts";

import { applicationStatus } from "./application-status.ts";
import type { ApplicationStatus, StatusDocument } from "./model.ts";

/** Which lines are wanted. Default: all. */
export interface Selection {
  readonly application?: string | undefined;
  readonly environments: readonly string[];
}

/**
 * Asks a cluster for everything that `gitops status` says.
 * @throws UsageError for an application or environment that the cluster does not have, with those that it has
 */
export async function readStatus(cluster: Cluster, selection: Selection): Promise<StatusDocument> {
  const all = await platformApplications(cluster);
  const wanted = all.filter(
    (item) =>
      (selection.application === undefined || applicationOf(item) === selection.application) &&
      (selection.environments.length === 0 || selection.environments.includes(environmentOf(item))),
  );
  if (wanted.length === 0 && (selection.application !== undefined || selection.environments.length > 0)) {
    const known = [...new Set(all.map((item) => `${applicationOf(item)} in ${environmentOf(item)}`))].sort();
    throw new UsageError(
      `no Application of ${selection.application ?? "any application"} in ` +
        `${selection.environments.join(", ") || "any environment"}; there are: ${known.join(", ") || "none"}`,
    );
  }
  const namespaces = new Set(
    wanted.map((item) => item.spec.destination?.namespace ?? namespaceOf(environmentOf(item))),
  );
  const [workloads, windows] = await Promise.all([
    readWorkloads(cluster, [...namespaces]),
    readProjectWindows(cluster),
  ]);
  const now = new Date();
  const applications = wanted
    .map((item) => applicationStatus(item, workloads, windows.stateOf(environmentOf(item), item.metadata.name, now)))
    .sort(inOrder);
  const warnings = [...workloads.warnings, ...(windows.warning === undefined ? [] : [windows.warning])];
  return { version: 1, time: now.toISOString(), applications, warnings };
}

function namespaceOf(environment: string): string {
  return environments[environment as keyof typeof environments]?.namespace ?? environment;
}

/** In the order in which a change travels, then by name. */
function inOrder(a: ApplicationStatus, b: ApplicationStatus): number {
  const rank = ({ environment }: ApplicationStatus): number =>
    (environmentNames as readonly string[]).indexOf(environment);
  return rank(a) - rank(b) || a.application.localeCompare(b.application);
}
