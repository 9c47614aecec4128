import type { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import { labels } from "../labels.ts";
import { charts } from "../versions.ts";

import { createRelease } from "./chart-release.ts";
import { flaggerLoadtesterValues } from "./flagger-loadtester-values.ts";
import { namespaces } from "./namespaces.ts";

/** Name of the release, and with it of the Service that the webhooks of the Canaries call. */
export const loadtesterName = "flagger-loadtester";

export interface FlaggerLoadtesterArgs {
  /** Flagger's. */
  readonly namespace: Namespace;
  /** Namespaces of the environments. */
  readonly workloadNamespaces: readonly string[];
  /** What a pod waits for. */
  readonly priorityClass: Resource;
}

/**
 * Runs the acceptance and load tests of releases, and keeps the gates of the promotions.
 *
 * It runs whatever command a webhook brings. So nobody but Flagger may call it, it reaches the port of the applications
 * and nothing else, and its service account has neither rights nor a token. A person opens a gate through a
 * port-forward, which needs rights in Flagger's namespace.
 */
export function createFlaggerLoadtester(
  { namespace, workloadNamespaces, priorityClass }: FlaggerLoadtesterArgs,
  options: CustomResourceOptions,
): void {
  const metadata = { name: loadtesterName, namespace: namespaces.flagger };
  const within = { ...options, dependsOn: [namespace] };
  const account = new ServiceAccount(loadtesterName, { metadata, automountServiceAccountToken: false }, within);
  const policy = new NetworkPolicy(loadtesterName, { metadata, spec: networkPolicy() }, within);
  createRelease(
    {
      release: loadtesterName,
      chart: charts.flaggerLoadtester,
      namespace,
      values: flaggerLoadtesterValues(loadtesterName, workloadNamespaces),
    },
    { ...options, dependsOn: [priorityClass, account, policy] },
  );
}

function networkPolicy() {
  const pods = (name: string) => ({ matchLabels: { "app.kubernetes.io/name": name } });
  const inNamespace = (name: string) => ({ matchLabels: { "kubernetes.io/metadata.name": name } });
  return {
    podSelector: pods("loadtester"),
    policyTypes: ["Ingress", "Egress"],
    ingress: [
      {
        from: [{ podSelector: pods("flagger") }, { namespaceSelector: inNamespace(namespaces.prometheus) }],
        ports: [{ protocol: "TCP", port: 8080 }],
      },
    ],
    egress: [
      {
        to: [{ namespaceSelector: { matchExpressions: [{ key: labels.environment, operator: "Exists" }] } }],
        ports: [{ protocol: "TCP", port: 9898 }],
      },
      {
        to: [
          { namespaceSelector: inNamespace("kube-system"), podSelector: { matchLabels: { "k8s-app": "kube-dns" } } },
        ],
        ports: [
          { protocol: "UDP", port: 53 },
          { protocol: "TCP", port: 53 },
        ],
      },
    ],
  };
}
