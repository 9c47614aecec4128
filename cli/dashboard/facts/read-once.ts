import type { Cluster } from "../../cluster/connect.ts";

/** A cluster in which each path is asked once, so that every part of a snapshot sees the same and costs one request. */
export function readOnce(cluster: Cluster): Cluster {
  const answers = new Map<string, Promise<unknown>>();
  return {
    ...cluster,
    get: <T>(path: string): Promise<T | undefined> => {
      const known = answers.get(path) ?? cluster.get(path);
      answers.set(path, known);
      return known as Promise<T | undefined>;
    },
    close: () => undefined,
  };
}
