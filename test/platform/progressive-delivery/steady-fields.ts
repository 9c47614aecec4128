import type { KubernetesObject, RestClient } from "../../../local/kubernetes/rest-client.ts";

/** What Flagger, KEDA and Argo CD could fight over. */
const collections = [
  "/apis/apps/v1/namespaces/{ns}/deployments",
  "/api/v1/namespaces/{ns}/services",
  "/apis/flagger.app/v1beta1/namespaces/{ns}/canaries",
  "/apis/keda.sh/v1alpha1/namespaces/{ns}/scaledobjects",
  "/apis/autoscaling/v2/namespaces/{ns}/horizontalpodautoscalers",
  "/apis/gateway.networking.k8s.io/v1/namespaces/{ns}/httproutes",
] as const;

interface Item extends KubernetesObject {
  readonly metadata: KubernetesObject["metadata"] & {
    readonly uid: string;
    readonly managedFields?: readonly {
      readonly manager: string;
      readonly operation: string;
      readonly subresource?: string;
      readonly time?: string;
      readonly fieldsV1?: unknown;
    }[];
  };
}

/** An object without its status: who owns which field, and what the fields say. */
export type Steady = Readonly<Record<string, string>>;

/**
 * The desired state of everything in a namespace that controllers write, with the owners of the fields and the time of
 * their last write. Two of these that are equal mean that nobody wrote in between.
 */
export async function steadyFields(client: RestClient, namespace: string): Promise<Steady> {
  const found: Record<string, string> = {};
  for (const collection of collections) {
    const list = await client.get<{ readonly kind: string; readonly items: readonly Item[] }>(
      collection.replace("{ns}", namespace),
    );
    for (const item of list.items) {
      const { status: _status, metadata, ...desired } = item;
      const { name, uid, labels, annotations, managedFields = [] } = metadata;
      const owners = managedFields.filter(({ subresource }) => subresource !== "status");
      const kind = list.kind.replace(/List$/, "");
      found[`${kind} ${name}`] = JSON.stringify({ desired, uid, labels, annotations, owners });
    }
  }
  return found;
}

/** The objects that differ, came or went. */
export function differences(before: Steady, after: Steady): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.filter((name) => before[name] !== after[name]);
}
