import { setTimeout as delay } from "node:timers/promises";

import { isNotFound } from "../kubernetes/api-error.ts";
import type { RestClient } from "../kubernetes/rest-client.ts";

import { fluxApplication } from "./application.ts";
import type { FluxApplication } from "./application.ts";
import { fluxPaths, reconcileAnnotation } from "./names.ts";
import type { GitRepository, Kustomization } from "./objects.ts";

/** Between two looks, in milliseconds: a watch of two kinds would be two streams to bring together. */
const pause = 500;

interface List<T> {
  readonly items: readonly T[];
}

/** Every Kustomization of a cluster with its source, as applications. */
export async function listFluxApplications(client: Pick<RestClient, "get">): Promise<readonly FluxApplication[]> {
  const [kustomizations, sources] = await Promise.all([
    client.get<List<Kustomization>>(fluxPaths.kustomizations()),
    client.get<List<GitRepository>>(fluxPaths.gitRepositories()),
  ]);
  return joinSources(kustomizations.items, sources.items);
}

/** Each Kustomization with the GitRepository of its namespace that it names. */
export function joinSources(
  kustomizations: readonly Kustomization[],
  sources: readonly GitRepository[],
): readonly FluxApplication[] {
  const byName = new Map(sources.map((one) => [`${one.metadata.namespace}/${one.metadata.name}`, one]));
  return kustomizations.map((one) =>
    fluxApplication(
      one,
      byName.get(`${one.spec.sourceRef.namespace ?? one.metadata.namespace}/${one.spec.sourceRef.name}`),
    ),
  );
}

/** The state of all applications by name, at first and whenever it is looked at again, until `signal` aborts. */
export async function* fluxApplicationChanges(
  client: RestClient,
  signal: AbortSignal,
): AsyncGenerator<ReadonlyMap<string, FluxApplication>> {
  while (!signal.aborted) {
    try {
      const items = await listFluxApplications(client);
      yield new Map(items.map((item) => [item.metadata.name, item]));
    } catch {
      // As for Argo CD: an API server that restarts is asked again, and the caller bounds the time.
    }
    await delay(pause, undefined, { signal }).catch(() => undefined);
  }
}

/**
 * Has Flux look at Git now instead of at the next interval, for the branches of these applications. What a new commit
 * changes is applied because the artifact changed; `apply` has them applied again even if it did not.
 */
export async function refreshFlux(
  client: RestClient,
  names: readonly string[],
  { apply = false }: { readonly apply?: boolean } = {},
): Promise<void> {
  const { items } = await client.get<List<Kustomization>>(fluxPaths.kustomizations());
  const meant = items.filter(({ metadata }) => names.includes(metadata.name));
  const patch = { metadata: { annotations: { [reconcileAnnotation]: new Date().toISOString() } } };
  const sources = new Set(
    meant.map(({ metadata, spec }) => `${fluxPaths.gitRepositories(metadata.namespace)}/${spec.sourceRef.name}`),
  );
  const applied = apply
    ? meant.map(({ metadata }) => `${fluxPaths.kustomizations(metadata.namespace)}/${metadata.name}`)
    : [];
  // By its name the audit trail tells it from what a person writes.
  const query = { fieldManager: "gitops-refresh" };
  for (const path of [...sources, ...applied]) {
    await client.patch(path, patch, "application/merge-patch+json", query).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  }
}
