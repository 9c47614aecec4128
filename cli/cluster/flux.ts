import { joinSources } from "../../local/flux/applications.ts";
import { fluxPaths } from "../../local/flux/names.ts";
import type { GitRepository, Kustomization } from "../../local/flux/objects.ts";

import type { PlatformApplication } from "./applications.ts";
import type { Cluster } from "./connect.ts";

interface List<T> {
  readonly items: readonly T[];
}

/** What Flux delivers, in the form in which the commands read applications; undefined on a cluster without Flux. */
export async function fluxApplications(cluster: Cluster): Promise<readonly PlatformApplication[] | undefined> {
  const kustomizations = await cluster.get<List<Kustomization>>(fluxPaths.kustomizations());
  if (kustomizations === undefined) return undefined;
  const sources = await cluster.get<List<GitRepository>>(fluxPaths.gitRepositories());
  return joinSources(kustomizations.items, sources?.items ?? []);
}
