import { writeKubeconfig } from "../certificates/index.ts";
import type { Identity } from "../certificates/index.ts";
import type { Layout } from "../layout.ts";

import { administratorConfig } from "./kube-client.ts";

/** A user's access to the platform. */
export interface UserKubeconfigArgs extends Identity {
  /** Where to write it; absolute. */
  readonly path: string;
  /** Default: none, which clients take for `default`. */
  readonly namespace?: string;
}

/**
 * Writes a kubeconfig (0600) for a user with these groups, who may do what RBAC gives to them: nothing by default.
 *
 * @throws Error when the platform was never started: the address of its API server is not known
 */
export async function userKubeconfig(layout: Layout, args: UserKubeconfigArgs): Promise<void> {
  await writeKubeconfig(layout, { ...args, server: serverOf(layout) });
}

function serverOf(layout: Layout): string {
  try {
    const server = administratorConfig(layout).getCurrentCluster()?.server;
    if (server !== undefined) return server;
  } catch {
    // Missing or half-written: the same to the reader.
  }
  throw new Error(`${layout.kubeconfig}: no kubeconfig of a local platform; start it first`);
}
