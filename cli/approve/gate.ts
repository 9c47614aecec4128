import type { KubeConfig } from "@kubernetes/client-node";

import { namespaces } from "../../infra/controllers/namespaces.ts";
import { UsageError } from "../errors.ts";

import type { KubernetesRequest } from "./cluster.ts";
import { postToPod } from "./port-forward.ts";
import type { PodPort } from "./port-forward.ts";

/** What a gate belongs to. */
export interface GatedCanary {
  readonly name: string;
  readonly namespace: string;
}

/** Of the pod of Flagger's load tester, which keeps the gates (fluxcd/flagger, charts/loadtester/templates/deployment.yaml). */
const label = "app.kubernetes.io/name=loadtester";
const port = 8080;

/** POST with name and namespace of the Canary (fluxcd/flagger v1.36.1, pkg/loadtester/server.go). */
const path = "/gate/open";

interface Pod {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/**
 * Opens the gate in a cluster, through a port-forward: the load tester runs whatever a webhook says, so its NetworkPolicy
 * lets Flagger alone in (infra/controllers/flagger-loadtester.ts), and the API server's service proxy is not Flagger.
 * @throws UsageError when no load tester runs, or a right is missing
 */
export async function openGate(config: KubeConfig, kubernetes: KubernetesRequest, canary: GatedCanary): Promise<void> {
  const { flagger: namespace } = namespaces;
  const query = `labelSelector=${encodeURIComponent(label)}`;
  const text = await kubernetes("GET", `/api/v1/namespaces/${namespace}/pods?${query}`);
  const { items } = JSON.parse(text ?? '{"items":[]}') as { readonly items: readonly Pod[] };
  const pod = items.find(isReady)?.metadata.name;
  if (pod === undefined) {
    const found =
      items.length === 0 ? "is it installed?" : `not ready: ${items.map((one) => one.metadata.name).join(", ")}`;
    throw new UsageError(`no pod of Flagger's load tester in namespace "${namespace}" (${label}); ${found}`);
  }
  const to: PodPort = { namespace, pod, port };
  const answer = await postToPod(config, to, path, canary);
  if (answer.status < 200 || answer.status > 299) {
    throw new UsageError(`pod ${namespace}/${pod}: ${path} answered ${answer.status}: ${answer.text.slice(0, 300)}`);
  }
}

/** Opens the gate of a load tester that answers at a local address. */
export async function openLocalGate(gates: string, canary: GatedCanary): Promise<void> {
  const answer = await fetch(`${gates}${path}`, { method: "POST", body: JSON.stringify(canary) });
  if (!answer.ok) throw new UsageError(`${gates}${path} answered ${answer.status}; see npm run status`);
}

/** There is one at most; after an eviction an old one may be listed beside it. */
function isReady({ metadata, status }: Pod): boolean {
  const ready = status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True");
  return ready === true && metadata.deletionTimestamp === undefined;
}
