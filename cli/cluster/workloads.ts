import type { Cluster } from "./connect.ts";

/** A Canary, as far as it is read (fluxcd/flagger v1.36.1, pkg/apis/flagger/v1beta1/status.go). */
export interface Canary {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly status?: {
    readonly phase?: string;
    /** Percent of the traffic. */
    readonly canaryWeight?: number;
    readonly iterations?: number;
    readonly failedChecks?: number;
    /** ISO 8601. */
    readonly lastTransitionTime?: string;
    readonly conditions?: readonly { readonly type: string; readonly message?: string }[];
  };
}

/** A Deployment, as far as it is read. */
export interface Deployment {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly replicas?: number;
    readonly template: {
      readonly spec: { readonly containers: readonly { readonly name: string; readonly image: string }[] };
    };
  };
  readonly status?: { readonly readyReplicas?: number };
}

/** What runs in the namespaces of the applications. */
export interface Workloads {
  readonly canaries: readonly Canary[];
  readonly deployments: readonly Deployment[];
  /** What could not be read, and why. */
  readonly warnings: readonly string[];
}

/**
 * Reads Canaries and Deployments, one request each a namespace, as a person may be allowed to see only theirs. What is
 * refused is a warning: the rest still says something.
 */
export async function readWorkloads(cluster: Cluster, namespaces: readonly string[]): Promise<Workloads> {
  const warnings: string[] = [];
  const list = async <T>(api: string, namespace: string, plural: string): Promise<readonly T[]> => {
    const path = `${api}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
    try {
      return (await cluster.get<{ readonly items: readonly T[] }>(path))?.items ?? [];
    } catch (error) {
      warnings.push(error instanceof Error ? error.message : String(error));
      return [];
    }
  };
  const both = namespaces.map((namespace) =>
    Promise.all([
      list<Canary>("/apis/flagger.app/v1beta1", namespace, "canaries"),
      list<Deployment>("/apis/apps/v1", namespace, "deployments"),
    ]),
  );
  const found = await Promise.all(both);
  return {
    canaries: found.flatMap(([canaries]) => canaries),
    deployments: found.flatMap(([, deployments]) => deployments),
    warnings,
  };
}
