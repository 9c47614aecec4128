import type { KubernetesObject } from "../../../policies/model/kubernetes-object.ts";
import type { Cluster } from "../../cluster/connect.ts";
import { UsageError } from "../../errors.ts";

/** An object as the API server has it. */
export type LiveObject = KubernetesObject & {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly resourceVersion?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
};

/** What was read, or why it was not. */
export type Read = { readonly objects: readonly LiveObject[] } | { readonly refused: string };

/** Kinds that are looked at, with their API. */
const kinds = {
  NetworkPolicy: ["networking.k8s.io/v1", "networkpolicies"],
  ResourceQuota: ["v1", "resourcequotas"],
  LimitRange: ["v1", "limitranges"],
  ServiceAccount: ["v1", "serviceaccounts"],
  Pod: ["v1", "pods"],
  Role: ["rbac.authorization.k8s.io/v1", "roles"],
  RoleBinding: ["rbac.authorization.k8s.io/v1", "rolebindings"],
} as const;

export type NamespacedKind = keyof typeof kinds;
export type LiveKind = NamespacedKind | "Namespace" | "ClusterRoleBinding";

/** What runs in one environment, by kind. */
export type Live = Readonly<Record<LiveKind, Read>>;

const root = (apiVersion: string): string => (apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`);

/** Reads the objects of a namespace that controls are about; what is refused is told, and the rest is read. */
export async function readLive(cluster: Cluster, namespace: string): Promise<Live> {
  const at = encodeURIComponent(namespace);
  const listed = Object.entries(kinds).map(async ([kind, [apiVersion, plural]]) => {
    return [kind, await list(cluster, `${root(apiVersion)}/namespaces/${at}/${plural}`, apiVersion, kind)] as const;
  });
  const rbac = "rbac.authorization.k8s.io/v1";
  const [own, bindings, ...rest] = await Promise.all([
    read(async () => [await cluster.get<LiveObject>(`/api/v1/namespaces/${at}`)].filter((one) => one !== undefined)),
    list(cluster, `${root(rbac)}/clusterrolebindings`, rbac, "ClusterRoleBinding"),
    ...listed,
  ]);
  const namespaced = Object.fromEntries(rest) as Record<NamespacedKind, Read>;
  return { ...namespaced, Namespace: typed(own, "v1", "Namespace"), ClusterRoleBinding: bindings };
}

/** Lists a kind; a kind that the cluster does not have is refused too: nothing was seen. */
export async function list(cluster: Cluster, path: string, apiVersion: string, kind: string): Promise<Read> {
  const found = await read(async () => {
    const answer = await cluster.get<{ readonly items?: readonly LiveObject[] }>(path);
    if (answer === undefined) throw new UsageError(`the cluster has no ${path}`);
    return answer.items ?? [];
  });
  return typed(found, apiVersion, kind);
}

/** Items of a list do not say what they are. */
function typed(found: Read, apiVersion: string, kind: string): Read {
  if ("refused" in found) return found;
  return { objects: found.objects.map((object) => ({ ...object, apiVersion, kind })) };
}

async function read(ask: () => Promise<readonly LiveObject[]>): Promise<Read> {
  try {
    return { objects: await ask() };
  } catch (error) {
    if (error instanceof UsageError) return { refused: error.message };
    throw error;
  }
}
