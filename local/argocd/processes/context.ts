import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { serviceAccountIdentity, writeKubeconfig } from "../../certificates/index.ts";
import type { KubernetesObject } from "../../kubernetes/rest-client.ts";
import type { Layout } from "../../layout.ts";
import { argocdNamespace } from "../names.ts";
import type { ArgocdTools } from "../tools.ts";
import { upstreamEnvironment } from "../upstream-environment.ts";

/** What the processes of Argo CD have in common. */
export interface ProcessContext {
  readonly layout: Layout;
  readonly tools: ArgocdTools;
  /** Upstream's Deployments, for their environment. */
  readonly workloads: readonly KubernetesObject[];
  /** Contents of the ConfigMaps by name, as applied. */
  readonly configMaps: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly redisPassword: string;
  /** URL of the Kubernetes API. */
  readonly kubernetes: string;
}

export interface ComponentEnvironment {
  /** Name of the upstream workload. */
  readonly workload: string;
  /** The name under which the one binary is this component. */
  readonly binaryName: string;
  /** Soft limit of the Go heap, in MiB: garbage is collected harder near it, nothing is killed. */
  readonly memoryLimitMebibytes: number;
  /** Default: none. */
  readonly extra?: Readonly<Record<string, string>>;
}

/** The kubeconfig with which a component is its service account and nothing more. */
export function identityFile(layout: Layout, workload: string): string {
  return join(layout.argocd, `${workload}.kubeconfig`);
}

/**
 * Writes the kubeconfig of a component: a client certificate for the user and the groups that a token of its service
 * account would have, so that the rights are those of upstream's bindings.
 */
export async function writeIdentity(context: ProcessContext, serviceAccount: string): Promise<string> {
  const path = identityFile(context.layout, serviceAccount);
  await writeKubeconfig(context.layout, {
    path,
    server: context.kubernetes,
    namespace: argocdNamespace,
    ...serviceAccountIdentity(argocdNamespace, serviceAccount),
  });
  return path;
}

/** The environment of a component: what its pod would have, and over it the paths that a pod finds in its image. */
export async function componentEnvironment(
  context: ProcessContext,
  component: ComponentEnvironment,
): Promise<Record<string, string>> {
  const work = join(context.layout.argocd, "work", component.workload);
  await mkdir(work, { recursive: true, mode: 0o700 });
  const upstream = upstreamEnvironment(context.workloads, component.workload, context.configMaps);
  // Argo CD 3.5 takes this variable for the *name* of the flag --metrics-address (argocd_server.go); see server.ts.
  delete upstream["ARGOCD_SERVER_METRICS_LISTEN_ADDRESS"];
  return {
    ...upstream,
    ARGOCD_BINARY_NAME: component.binaryName,
    KUBECONFIG: identityFile(context.layout, component.workload),
    REDIS_PASSWORD: context.redisPassword,
    TMPDIR: work,
    KUBECACHEDIR: join(work, "kube-cache"),
    // Upstream's /app/config/...: mounted ConfigMaps that are empty here.
    ARGOCD_APP_CONF_PATH: join(work, "config"),
    ARGOCD_TLS_DATA_PATH: join(work, "tls"),
    ARGOCD_SSH_DATA_PATH: join(work, "ssh"),
    ARGOCD_GNUPGHOME: join(work, "gpg"),
    ARGOCD_GPG_ENABLED: "false",
    GOMEMLIMIT: `${component.memoryLimitMebibytes}MiB`,
    ...component.extra,
  };
}
