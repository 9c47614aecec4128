import type { Cluster } from "../../cluster/connect.ts";

/** What is read of each object of a list. */
export interface Listed {
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Lists of several namespaces. What is refused is a warning: the rest still says something. */
export interface Lists {
  readonly list: <T extends Listed>(api: string, namespace: string, plural: string) => Promise<readonly T[]>;
  readonly warnings: readonly string[];
}

export function listsOf(cluster: Pick<Cluster, "get">): Lists {
  const warnings: string[] = [];
  return {
    warnings,
    list: async <T>(api: string, namespace: string, plural: string): Promise<readonly T[]> => {
      const path = `/apis/${api}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
      try {
        return (await cluster.get<{ readonly items: readonly T[] }>(path))?.items ?? [];
      } catch (error) {
        warnings.push(error instanceof Error ? error.message : String(error));
        return [];
      }
    },
  };
}
