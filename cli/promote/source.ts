import type { Environment } from "../../infra/environments.ts";
import { environments } from "../../infra/environments.ts";
import { applicationOf, environmentOf, platformApplications } from "../cluster/applications.ts";
import type { PlatformApplication } from "../cluster/applications.ts";
import type { Cluster } from "../cluster/connect.ts";
import { readWorkloads } from "../cluster/workloads.ts";
import { UsageError } from "../errors.ts";
import { applicationStatus } from "../status/application-status.ts";

/** An application that is well in the environment that it is promoted from. */
export interface Candidate {
  readonly application: string;
  /** Commit with which it is Synced and Healthy. */
  readonly revision: string;
  /** Overlay that it has there. */
  readonly path: string;
  /** Images of its pods. */
  readonly running: readonly string[];
}

export interface Refusal {
  readonly application: string;
  readonly reason: string;
}

/** What the cluster says before a promotion. */
export interface Source {
  readonly candidates: readonly Candidate[];
  readonly refused: readonly Refusal[];
  /** Branches that the two environments follow. */
  readonly branch: string;
  readonly targetBranch: string;
}

/**
 * Looks which applications are well: Synced, Healthy, and no release of theirs still under analysis.
 * @param only one application. Default: all of the environment
 * @throws UsageError when the environment has no such Application
 */
export async function readSource(
  cluster: Cluster,
  from: Environment,
  to: Environment,
  only: string | undefined,
): Promise<Source> {
  const all = await platformApplications(cluster);
  const here = all.filter((item) => environmentOf(item) === from);
  const wanted = here.filter((item) => only === undefined || applicationOf(item) === only);
  if (wanted.length === 0) {
    const known = here.map(applicationOf).sort().join(", ") || "none";
    throw new UsageError(`no Application of ${only ?? "any application"} in ${from}; there are: ${known}`);
  }
  const namespaces = new Set(wanted.map((item) => item.spec.destination?.namespace ?? environments[from].namespace));
  const workloads = await readWorkloads(cluster, [...namespaces]);
  if (workloads.warnings.length > 0) {
    throw new UsageError(`whether a release is under analysis cannot be seen: ${workloads.warnings.join("; ")}`);
  }
  const judged = wanted.map((item) => ({ item, status: applicationStatus(item, workloads) }));
  return {
    candidates: judged
      .filter(({ status }) => status.state === "well")
      .map(({ item, status }) => candidate(item, from, status.image)),
    refused: judged.flatMap(({ status }) => {
      if (status.state === "well") return [];
      const { application, sync, health, canary, reason } = status;
      const phase = canary === null ? "" : `, its Canary is ${canary.phase}`;
      const why = reason === "" ? "" : `: ${reason}`;
      return [{ application, reason: `${application} in ${from} is ${sync} and ${health}${phase}${why}` }];
    }),
    branch: branchOf(here, from),
    targetBranch: branchOf(
      all.filter((item) => environmentOf(item) === to),
      to,
    ),
  };
}

/** The Application knows its branch best; where this cluster has none, the environment's profile. */
function branchOf(applications: readonly PlatformApplication[], environment: Environment): string {
  const found = applications.find(({ spec }) => spec.source?.targetRevision !== undefined);
  return found?.spec.source?.targetRevision ?? environments[environment].branch;
}

/** @param image of its pods, where the engine lists none */
function candidate(item: PlatformApplication, from: Environment, image: string | null): Candidate {
  const application = applicationOf(item);
  return {
    application,
    revision: item.status?.sync?.revision ?? "",
    path: item.spec.source?.path ?? `apps/${application}/overlays/${from}`,
    running: item.status?.summary?.images ?? (image === null ? [] : [image]),
  };
}
