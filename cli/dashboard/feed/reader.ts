import { environmentNames, environments } from "../../../infra/environments.ts";
import type { Cluster } from "../../cluster/connect.ts";
import { readFacts } from "../facts/snapshot.ts";
import type { Snapshot } from "../model.ts";

export interface ReaderOptions {
  readonly connect: () => Promise<Cluster>;
  /** What the page calls the cluster. */
  readonly cluster: string;
  /** That a person would give to a command for the same cluster. */
  readonly options: string;
  readonly readOnly: boolean;
}

/** Reads snapshots over one connection, which is made anew after a failure: a cluster comes back with other certificates. */
export function snapshotReader({ connect, cluster, options, readOnly }: ReaderOptions) {
  let connection: Promise<Cluster> | undefined;
  const disconnect = async (): Promise<void> => {
    const old = connection;
    connection = undefined;
    await old?.then((known) => known.close()).catch(() => undefined);
  };
  const read = async (): Promise<Snapshot> => {
    try {
      connection ??= connect();
      const facts = await readFacts(await connection, options);
      return { version: 1, cluster, ...facts, problem: null, readOnly };
    } catch (error) {
      await disconnect();
      throw error;
    }
  };
  const empty: Snapshot = {
    version: 1,
    time: "",
    cluster,
    environments: environmentNames.map((name) => {
      const { namespace, branch, sync } = environments[name];
      return { name, namespace, branch, sync, present: false };
    }),
    applications: [],
    approvals: [],
    warnings: [],
    problem: null,
    readOnly,
  };
  return { read, empty, close: disconnect };
}
