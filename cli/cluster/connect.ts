import { existsSync } from "node:fs";

import { layout } from "../../local/layout.ts";
import type { Layout } from "../../local/layout.ts";
import { UsageError } from "../errors.ts";

import { ConflictError } from "./conflict.ts";
import type { ClusterFlags } from "./flags.ts";

/** A cluster, as whoever the kubeconfig names. */
export interface Cluster {
  /**
   * @returns the object or list; undefined for what is not there (404), such as a kind that is not installed
   * @throws UsageError when the cluster does not answer or refuses
   */
  readonly get: <T>(path: string) => Promise<T | undefined>;
  /**
   * Merges fields into an object (RFC 7386). With `metadata.resourceVersion` only as long as nobody else changed it.
   * @returns the object as it is then; undefined when it is not there
   * @throws ConflictError when it changed; UsageError when the cluster does not answer or refuses
   */
  readonly patch: <T>(path: string, fields: object) => Promise<T | undefined>;
  /**
   * Creates an object; with `?dryRun=All` in the path it is only judged.
   * @returns the object as it is then; undefined when its kind or namespace is not there
   * @throws ConflictError when it is there already; UsageError when the cluster does not answer or refuses
   */
  readonly post: <T>(path: string, object: object) => Promise<T | undefined>;
  /** Lets the process end. */
  readonly close: () => void;
}

/** The folder of the platform of this machine; `--local` without a folder is the project's own. */
export function localLayout(directory: true | string): Layout {
  return directory === true ? layout() : layout(directory);
}

/**
 * Connects to the cluster that the options name.
 * @throws UsageError when there is no such kubeconfig, context or local platform
 */
export async function connectCluster(flags: ClusterFlags): Promise<Cluster> {
  return flags.local === undefined ? connectRemote(flags) : connectLocal(localLayout(flags.local));
}

/** With all that kubectl knows, plug-ins for credentials included. Loaded late: it takes a second. */
async function connectRemote({ kubeconfig, context }: ClusterFlags): Promise<Cluster> {
  const { connect } = await import("../approve/cluster.ts");
  const request = connect(kubeconfig, context);
  const parsed = <T>(text: string | undefined): T | undefined =>
    text === undefined ? undefined : (JSON.parse(text) as T);
  return {
    get: async (path) => parsed(await request("GET", path)),
    patch: async (path, fields) => parsed(await request("PATCH", path, fields)),
    post: async (path, object) => parsed(await request("POST", path, object)),
    close: () => undefined,
  };
}

async function connectLocal({ directory, kubeconfig }: Layout): Promise<Cluster> {
  if (!existsSync(kubeconfig)) {
    throw new UsageError(`--local "${directory}": there is no platform; npm start makes one`);
  }
  const [{ restClient }, { ApiError }] = await Promise.all([
    import("../../local/kubernetes/rest-client.ts"),
    import("../../local/kubernetes/api-error.ts"),
  ]);
  const client = restClient(kubeconfig);
  const answer = async <T>(asked: Promise<T>): Promise<T | undefined> => {
    try {
      return await asked;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      if (error instanceof ApiError && error.status === 409) throw new ConflictError(error.message);
      const words = error instanceof Error ? error.message : String(error);
      if (error instanceof ApiError) throw new UsageError(words);
      throw new UsageError(`--local "${directory}": the API server does not answer (${words}); npm start starts it`);
    }
  };
  return {
    get: <T>(path: string) => answer(client.get<T>(path)),
    patch: <T>(path: string, fields: object) => answer(client.patch<T>(path, fields, "application/merge-patch+json")),
    post: <T>(path: string, object: object) => answer(client.post<T>(path, object)),
    close: () => client.close(),
  };
}
