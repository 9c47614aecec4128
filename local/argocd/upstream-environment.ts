import type { KubernetesObject } from "../kubernetes/rest-client.ts";

type Data = Readonly<Record<string, string>>;

interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly configMapKeyRef?: { readonly name: string; readonly key: string };
    readonly secretKeyRef?: { readonly name: string; readonly key: string };
  };
}

interface Workload {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly { readonly name: string; readonly env?: readonly EnvironmentVariable[] }[];
      };
    };
  };
}

/**
 * The environment that the kubelet would give to the container of an upstream workload.
 *
 * Argo CD is configured through `argocd-cmd-params-cm` by nothing but the environment of its Deployments, so a
 * process that reads it from there behaves to a setting as a pod would. Keys that the ConfigMaps do not have are
 * left out, as with `optional: true`. References to Secrets are left out: the caller gives those.
 */
export function upstreamEnvironment(
  workloads: readonly KubernetesObject[],
  name: string,
  configMaps: Readonly<Record<string, Data>>,
): Record<string, string> {
  const workload = workloads.find((object) => object.metadata.name === name);
  if (!workload) {
    const names = workloads.map((object) => object.metadata.name).join(", ");
    throw new Error(`manifests of Argo CD: workload "${name}" is not there; there are ${names}`);
  }
  const containers = (workload as unknown as Workload).spec.template.spec.containers;
  const container = containers.find((candidate) => candidate.name === name);
  if (!container) throw new Error(`manifests of Argo CD: workload "${name}" has no container of that name`);
  const environment: Record<string, string> = {};
  for (const variable of container.env ?? []) {
    const reference = variable.valueFrom?.configMapKeyRef;
    const value = variable.value ?? (reference ? configMaps[reference.name]?.[reference.key] : undefined);
    if (value !== undefined) environment[variable.name] = value;
  }
  return environment;
}
