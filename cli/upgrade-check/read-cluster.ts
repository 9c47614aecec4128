import type { Cluster } from "../cluster/connect.ts";
import { UsageError } from "../errors.ts";

import type { Definition, Facts, Finding } from "./model.ts";

interface List<T> {
  readonly items: readonly T[];
}
interface Node {
  readonly metadata: { readonly name: string };
  readonly status?: { readonly nodeInfo?: { readonly kubeletVersion?: string } };
}

/** What a cluster says of itself. */
export type ClusterFacts = Pick<Facts, "from" | "nodes" | "eks" | "definitions" | "gaps">;

/**
 * Reads versions and definitions; changes nothing. What the user may not read is a gap, not an error.
 * @throws UsageError when the cluster does not answer
 */
export async function readCluster(cluster: Cluster): Promise<ClusterFacts> {
  const version = await cluster.get<{ readonly gitVersion?: string }>("/version");
  const from = version?.gitVersion;
  const gaps: Finding[] = [];
  const listed = async <T>(path: string, check: Finding["check"], what: string): Promise<readonly T[]> => {
    try {
      return (await cluster.get<List<T>>(path))?.items ?? [];
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      const mend = `ask somebody who may list them: kubectl get --raw ${path}`;
      gaps.push({ check, level: "unknown", where: what, what: error.message, allowed: "the right to list them", mend });
      return [];
    }
  };
  const nodes = await listed<Node>("/api/v1/nodes", "skew", "nodes");
  const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  const definitions = await listed<Definition>(path, "crds", "CustomResourceDefinitions");
  return {
    from,
    // As EKS names its builds: v1.36.3-eks-1234567.
    eks: from?.includes("-eks-") ?? false,
    nodes: nodes.map(({ metadata, status }) => ({
      name: `node ${metadata.name}`,
      version: status?.nodeInfo?.kubeletVersion ?? "",
    })),
    definitions,
    gaps,
  };
}
