import type { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import type { CustomResourceOptions } from "@pulumi/pulumi/resource.js";

import type { ChartVersion } from "../versions.ts";

export interface ChartReleaseArgs {
  /** Name of the release: explicit, because Helm adopts objects that an earlier release left only under its name. */
  readonly release: string;
  readonly chart: ChartVersion;
  readonly namespace: Namespace;
  /** Values of the chart. */
  readonly values: object;
  /** True: the chart's `crds/` folder is left alone. Default false. */
  readonly skipCrds?: boolean;
}

/** Seconds that an install or upgrade may take: image pulls on new nodes and slow volumes included. */
const timeoutSeconds = 900;

/**
 * What every release has, with or without the Kubernetes provider's own Release in between. `atomic` takes a failed
 * install away again, so that the next `up` starts clean.
 */
export const releaseSettings = {
  atomic: true,
  cleanupOnFail: true,
  createNamespace: false,
  // Old revisions are Secrets of up to 1 MiB each.
  maxHistory: 5,
  timeout: timeoutSeconds,
} as const;

/**
 * A chart, installed by Helm (`helm.v3.Release`, not `helm.v4.Chart`, which drops hooks). Pulumi waits until its pods
 * are ready; on the way down Helm uninstalls it before the namespace goes.
 */
export function createRelease(
  { release, chart, namespace, values, skipCrds = false }: ChartReleaseArgs,
  options: CustomResourceOptions,
): Release {
  return new Release(
    release,
    {
      ...releaseSettings,
      name: release,
      ...chartSource(chart),
      version: chart.version,
      namespace: namespace.metadata.name,
      waitForJobs: true,
      skipCrds,
      values,
    },
    options,
  );
}

/** A registry is part of the chart's name; Helm looks up repositories alone (helm.v3.Release, `chart` and `repositoryOpts`). */
function chartSource({ chart, repository }: ChartVersion) {
  return repository.startsWith("oci://")
    ? { chart: `${repository}/${chart}` }
    : { chart, repositoryOpts: { repo: repository } };
}
