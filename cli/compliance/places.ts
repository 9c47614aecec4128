import { environmentNames, environments } from "../../infra/environments.ts";
import type { Environment } from "../../infra/environments.ts";
import { labels } from "../../infra/labels.ts";
import type { Cluster } from "../cluster/connect.ts";

import { list } from "./live/read.ts";

/** An environment and its namespace. */
export interface Place {
  readonly environment: Environment;
  readonly namespace: string;
}

/**
 * The environments of a cluster: by the label of their namespaces, else by the namespaces' usual names, so that one
 * whose label is gone is not overlooked. Who may not list namespaces gets the usual ones.
 * @param wanted default: all that are there
 */
export async function findPlaces(cluster: Cluster, wanted: readonly Environment[]): Promise<readonly Place[]> {
  const found = await list(cluster, "/api/v1/namespaces", "v1", "Namespace");
  return environmentNames.flatMap((environment): Place[] => {
    if (wanted.length > 0 && !wanted.includes(environment)) return [];
    const usual = environments[environment].namespace;
    if ("refused" in found) return [{ environment, namespace: usual }];
    const labelled = found.objects.find(({ metadata }) => metadata.labels?.[labels.environment] === environment);
    const there = found.objects.some(({ metadata }) => metadata.name === usual);
    const namespace = labelled?.metadata.name ?? usual;
    return labelled !== undefined || there || wanted.length > 0 ? [{ environment, namespace }] : [];
  });
}
