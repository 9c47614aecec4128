import { existsSync, readFileSync } from "node:fs";

import { parse } from "yaml";

/** Where an API server is reached, as a kubeconfig has it. */
export interface ApiAddress {
  readonly server: string;
  /** The authority of its certificate, PEM in base64. `undefined` where the kubeconfig names a file, or none. */
  readonly caData: string | undefined;
}

interface Named {
  readonly name?: string;
  readonly context?: { readonly cluster?: string };
  readonly cluster?: { readonly "server"?: string; readonly "certificate-authority-data"?: string };
}

interface Kubeconfig {
  readonly "contexts"?: readonly Named[];
  readonly "clusters"?: readonly Named[];
  readonly "current-context"?: string;
}

/**
 * Reads the address out of a kubeconfig (Kubernetes reference, "kubeconfig (v1)").
 * @param kubeconfig content or path
 * @param context default: the current one
 * @returns undefined where it has no such context, or there is no file
 */
export function apiAddress(kubeconfig: string, context?: string): ApiAddress | undefined {
  const isContent = kubeconfig.includes("\n") || kubeconfig.trimStart().startsWith("{");
  if (!isContent && !existsSync(kubeconfig)) return undefined;
  const config = parse(isContent ? kubeconfig : readFileSync(kubeconfig, "utf8")) as Kubeconfig | null;
  const wanted = context ?? config?.["current-context"];
  const name = config?.contexts?.find((one) => one.name === wanted)?.context?.cluster;
  const cluster = config?.clusters?.find((one) => one.name === name)?.cluster;
  if (cluster?.server === undefined) return undefined;
  return { server: cluster.server, caData: cluster["certificate-authority-data"] };
}
