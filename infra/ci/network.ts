import type { Manifest } from "../crds/tekton.ts";

export const tcp = (port: number | string) => ({ protocol: "TCP", port });

/** The label that every namespace has (Kubernetes documentation, "Automatic labelling"). */
export const inNamespace = (name: string) => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
});

export const toNames = { ports: [{ protocol: "UDP", port: 53 }, tcp(53)] } as const;

/** The API, whose address a policy cannot know: 443 as a Service, 6443 behind it. */
export const toApi = { ports: [tcp(443), tcp(6443)] } as const;

/** Registries, Git hosts and key services, whose addresses change. */
export const toInternet = { ports: [tcp(443)] } as const;

export function networkPolicy(namespace: string, name: string, spec: object): Manifest & { readonly spec: object } {
  return { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name, namespace }, spec };
}

/** Nothing in or out of a namespace but what other policies allow. */
export function defaultDeny(namespace: string) {
  return networkPolicy(namespace, "default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
}
