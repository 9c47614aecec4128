import type { Environment } from "../../environments.ts";
import { labels } from "../../labels.ts";

import type { HubAccess } from "./hub-access.ts";

/** Label and value by which Argo CD knows a Secret as a cluster. */
export const clusterSecretLabel = { "argocd.argoproj.io/secret-type": "cluster" } as const;

/** Of a Secret for a cluster: everything is known before the cluster is there. */
export function clusterSecretMetadata(cluster: string, namespace: string) {
  return { name: `cluster-${cluster}`, namespace, labels: { ...clusterSecretLabel, [labels.cluster]: cluster } };
}

/**
 * The content of a Secret for a cluster (argo-cd v3.5.7, docs/operator-manual/declarative-setup.md, "Clusters" and "EKS").
 * With `namespaces` Argo CD watches those alone; without cluster resources it neither reads nor writes outside them. A
 * cluster of one environment is also scoped to its AppProject.
 */
export function clusterSecretData(
  cluster: string,
  environments: readonly Environment[],
  { server, caData, namespaces, credentials }: HubAccess,
): Record<string, string> {
  const [only, ...others] = environments;
  const tlsClientConfig = { insecure: false, caData };
  const login =
    credentials.kind === "token"
      ? { bearerToken: credentials.token }
      : { awsAuthConfig: { clusterName: credentials.clusterName, roleARN: credentials.roleArn } };
  return {
    name: cluster,
    server,
    namespaces: environments.flatMap((environment) => namespaces[environment] ?? []).join(","),
    clusterResources: "false",
    ...(only !== undefined && others.length === 0 ? { project: only } : {}),
    config: JSON.stringify({ ...login, tlsClientConfig }),
  };
}
