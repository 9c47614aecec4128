import type { KubernetesObject, RestClient } from "../../../local/kubernetes/rest-client.ts";

interface Container {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
}

/** A Deployment, as far as the tests read it. */
export interface Deployment extends KubernetesObject {
  readonly metadata: KubernetesObject["metadata"] & { readonly uid: string; readonly generation: number };
  readonly spec: {
    readonly replicas: number;
    readonly template: { readonly spec: { readonly containers: readonly Container[] } };
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
    readonly replicas?: number;
  };
}

export const deploymentPath = (namespace: string, name: string): string =>
  `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`;

export function readDeployment(client: RestClient, namespace: string, name: string): Promise<Deployment> {
  return client.get<Deployment>(deploymentPath(namespace, name));
}

/** The image of its only container. */
export function imageOf(deployment: Deployment): string {
  return deployment.spec.template.spec.containers[0]?.image ?? "";
}

/** The value of an environment variable of its only container. */
export function variableOf(deployment: Deployment, name: string): string | undefined {
  return deployment.spec.template.spec.containers[0]?.env?.find((one) => one.name === name)?.value;
}

/** Every replica is of the newest template and available; there may be none, when Flagger has scaled it to zero. */
export function isRolledOut({ metadata, spec, status }: Deployment): boolean {
  const counts = [status?.updatedReplicas, status?.availableReplicas, status?.replicas];
  return status?.observedGeneration === metadata.generation && counts.every((count = 0) => count === spec.replicas);
}
