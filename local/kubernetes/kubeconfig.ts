import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

import { parse } from "yaml";

/** What one context of a kubeconfig says about reaching an API server. Certificates and keys are PEM. */
export interface ClusterAccess {
  readonly server: URL;
  readonly ca: string | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  readonly token: string | undefined;
}

interface Named {
  readonly name: string;
}
interface KubeconfigFile {
  readonly "current-context"?: string;
  readonly "contexts"?: readonly (Named & { readonly context: { readonly cluster: string; readonly user: string } })[];
  readonly "clusters"?: readonly (Named & { readonly cluster: Readonly<Record<string, string>> })[];
  readonly "users"?: readonly (Named & { readonly user: Readonly<Record<string, string>> })[];
}

function find<T extends Named>(list: readonly T[] | undefined, name: string, kind: string, file: string): T {
  const found = list?.find((entry) => entry.name === name);
  if (!found) throw new Error(`kubeconfig "${file}": ${kind} "${name}" is named but not defined`);
  return found;
}

/**
 * Reads the current context of a kubeconfig: inline data or files, client certificate or token.
 *
 * Certificates are always verified: `insecure-skip-tls-verify` and exec plug-ins are not supported, because no
 * kubeconfig of the local platform has them. Throws when the file or a part it names is missing.
 */
export function readKubeconfig(file: string): ClusterAccess {
  const config = parse(readFileSync(file, "utf8")) as KubeconfigFile;
  const context = find(config.contexts, config["current-context"] ?? "", "context", file).context;
  const cluster = find(config.clusters, context.cluster, "cluster", file).cluster;
  const user = find(config.users, context.user, "user", file).user;
  const pem = (from: Readonly<Record<string, string>>, field: string): string | undefined => {
    const data = from[`${field}-data`];
    if (data) return Buffer.from(data, "base64").toString("utf8");
    const path = from[field];
    return path ? readFileSync(resolve(dirname(file), path), "utf8") : undefined;
  };
  const server = cluster["server"];
  if (!server) throw new Error(`kubeconfig "${file}": cluster "${context.cluster}" has no server`);
  return {
    server: new URL(server),
    ca: pem(cluster, "certificate-authority"),
    certificate: pem(user, "client-certificate"),
    key: pem(user, "client-key"),
    token: user["token"],
  };
}
