import type { Layout } from "../layout.ts";
import { choosePorts } from "../processes/index.ts";

/** The name of the process that runs the pods' programs. */
export const workloadsProcess = "workloads";

/** Where that process listens, on loopback. */
export interface WorkloadPorts {
  /** The service network: an HTTP forward proxy that knows the cluster's names. */
  readonly proxy: number;
  /** The control API. */
  readonly api: number;
  /** The flags, over OFREP. */
  readonly flags: number;
}

/** The same ports for everybody who asks, also before the process runs. */
export function workloadPorts(layout: Layout): Promise<WorkloadPorts> {
  return choosePorts(layout, workloadsProcess, ["proxy", "api", "flags"]);
}

/**
 * What a process of that namespace needs in HTTP_PROXY to reach the cluster's Services by their names. It also needs
 * NO_PROXY=127.0.0.1,localhost for everything that is on this machine under its real address.
 *
 * @param namespace whose Services short names (`http://app:9898`) mean
 */
export async function serviceProxyUrl(layout: Layout, namespace: string): Promise<string> {
  return `http://${namespace}@127.0.0.1:${(await workloadPorts(layout)).proxy}`;
}
