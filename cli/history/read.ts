import type { Environment } from "../../infra/environments.ts";
import { environments } from "../../infra/environments.ts";
import { applicationOf, environmentOf, platformApplications, runningRevision } from "../cluster/applications.ts";
import type { PlatformApplication } from "../cluster/applications.ts";
import type { Cluster } from "../cluster/connect.ts";
import { readWorkloads } from "../cluster/workloads.ts";
import { commits, ownCommits } from "../recovery/history.ts";
import { fetchNotes, readRecords } from "../recovery/notes.ts";
import { ownPaths } from "../recovery/own-paths.ts";
import { fetchBranch } from "../recovery/workspace.ts";
import type { Repository } from "../repository/open.ts";

import { historyEntries } from "./entries.ts";
import type { Sources } from "./entries.ts";
import type { HistoryDocument, HistoryEntry } from "./model.ts";
import { recordsOnBranch } from "./records.ts";

/** What is asked for. */
export interface Wanted {
  readonly application: string;
  readonly environments: readonly Environment[];
  /** Newest deployments of each environment. */
  readonly limit: number;
}

/**
 * Reads the deployments of an application: from Git and its notes, and from a cluster where one answers.
 * @throws when the remote does not answer
 */
export async function readHistory(
  repository: Repository,
  cluster: (() => Promise<Cluster>) | undefined,
  wanted: Wanted,
): Promise<HistoryDocument> {
  const warnings: string[] = [];
  await fetchNotes(repository);
  const live = cluster === undefined ? () => undefined : await askCluster(cluster, wanted.application, warnings);
  const deployments: HistoryEntry[] = [];
  for (const environment of wanted.environments) {
    const own = ownPaths(`apps/${wanted.application}/overlays/${environment}`);
    const found = live(environment);
    // The Application knows its branch best; without one, the platform's own profile.
    const branch = found?.application.spec.source?.targetRevision ?? environments[environment].branch;
    const tip = await fetchBranch(repository, branch).catch((error: unknown) => {
      warnings.push(`${environment}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    });
    if (tip === undefined) continue;
    const list = await ownCommits(repository.repository, tip, own, wanted.limit);
    const records = await Promise.all(list.map(async ({ id }) => [id, await readRecords(repository, id)] as const));
    deployments.push(
      ...historyEntries({
        application: wanted.application,
        environment,
        branch: await commits(repository.repository, tip),
        own: list,
        records: new Map(records),
        recorded: await recordsOnBranch(repository.repository, tip, {
          application: wanted.application,
          environment,
        }),
        live: found?.live,
      }),
    );
  }
  return { version: 1, application: wanted.application, deployments, warnings };
}

interface Found {
  readonly application: PlatformApplication;
  readonly live: Sources["live"];
}

/** History must be told without a cluster too: one that does not answer is a warning. */
async function askCluster(
  connect: () => Promise<Cluster>,
  application: string,
  warnings: string[],
): Promise<(environment: string) => Found | undefined> {
  try {
    const cluster = await connect();
    try {
      const mine = (await platformApplications(cluster)).filter((item) => applicationOf(item) === application);
      const namespaceOf = (item: PlatformApplication): string =>
        item.spec.destination?.namespace ?? environmentOf(item);
      const { canaries } = await readWorkloads(cluster, [...new Set(mine.map(namespaceOf))]);
      return (environment) => {
        const item = mine.find((one) => environmentOf(one) === environment);
        if (item === undefined) return undefined;
        const canary = canaries.find(
          ({ metadata }) => metadata.name === application && metadata.namespace === namespaceOf(item),
        );
        const history = item.status?.history ?? [];
        return {
          application: item,
          live: { running: runningRevision(item), history, canaryPhase: canary?.status?.phase },
        };
      };
    } finally {
      cluster.close();
    }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    warnings.push(`told from Git alone, because the cluster was not reached: ${words}`);
    return () => undefined;
  }
}
