import { namespaces } from "../../infra/controllers/namespaces.ts";
import { environments } from "../../infra/environments.ts";
import type { ApproveFlags } from "../commands/approve.ts";
import { exitCodes, UsageError } from "../errors.ts";

import { connect } from "./cluster.ts";
import type { KubernetesRequest } from "./cluster.ts";
import { localPlatform } from "./local.ts";

/** The Service of Flagger's load tester, which keeps the gates (fluxcd/flagger, charts/loadtester). */
const service = "flagger-loadtester";

/** What was found and done. */
interface Approval {
  readonly application: string;
  readonly environment: string;
  readonly namespace: string;
  readonly approved: boolean;
  /** Of the Canary; null where there is none. */
  readonly phase: string | null;
  readonly reason: string;
}

/**
 * `gitops approve`.
 * @returns the exit code
 * @throws UsageError when the cluster does not answer or refuses
 */
export async function runApprove(application: string, flags: ApproveFlags): Promise<number> {
  const local = flags.local === undefined ? undefined : await localPlatform(flags.local);
  const kubernetes = connect(local?.kubeconfig ?? flags.kubeconfig, flags.context);
  const namespace = flags.namespace ?? environments[flags.env].namespace;
  const phase = await phaseOf(kubernetes, namespace, application);
  const approved = phase === "WaitingPromotion";
  if (approved) await openGate(local?.gates, kubernetes, { name: application, namespace });
  const reason = approved
    ? `${application} in ${flags.env} may go on`
    : phase === null
      ? `${application} in ${flags.env} has no Canary in namespace "${namespace}"`
      : `${application} in ${flags.env} does not wait for an approval: its Canary is ${phase}`;
  const result: Approval = { application, environment: flags.env, namespace, approved, phase, reason };
  console.log(flags.json ? JSON.stringify({ version: 1, ...result }, null, 2) : reason);
  return approved ? exitCodes.clean : exitCodes.violation;
}

async function phaseOf(kubernetes: KubernetesRequest, namespace: string, name: string): Promise<string | null> {
  const path = `/apis/flagger.app/v1beta1/namespaces/${encodeURIComponent(namespace)}/canaries/${name}`;
  const text = await kubernetes("GET", path);
  if (text === undefined) return null;
  return (JSON.parse(text) as { readonly status?: { readonly phase?: string } }).status?.phase ?? "not begun";
}

/** POST /gate/open with name and namespace of the Canary (fluxcd/flagger v1.36.1, pkg/loadtester/server.go). */
async function openGate(
  gates: string | undefined,
  kubernetes: KubernetesRequest,
  canary: { readonly name: string; readonly namespace: string },
): Promise<void> {
  if (gates === undefined) {
    const path = `/api/v1/namespaces/${namespaces.flagger}/services/http:${service}:80/proxy/gate/open`;
    if ((await kubernetes("POST", path, canary)) !== undefined) return;
    throw new UsageError(
      `no Service "${service}" in namespace "${namespaces.flagger}"; is Flagger's load tester installed?`,
    );
  }
  const answer = await fetch(`${gates}/gate/open`, { method: "POST", body: JSON.stringify(canary) });
  if (!answer.ok) throw new UsageError(`${gates}/gate/open answered ${answer.status}; see npm run status`);
}
