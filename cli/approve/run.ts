import { environments } from "../../infra/environments.ts";
import type { ApproveFlags } from "../commands/approve.ts";
import { exitCodes } from "../errors.ts";

import { requestsAs, userConfig } from "./cluster.ts";
import type { KubernetesRequest } from "./cluster.ts";
import { openGate, openLocalGate } from "./gate.ts";
import { localPlatform } from "./local.ts";

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
  const config = userConfig(local?.kubeconfig ?? flags.kubeconfig, flags.context);
  const kubernetes = requestsAs(config);
  const namespace = flags.namespace ?? environments[flags.env].namespace;
  const phase = await phaseOf(kubernetes, namespace, application);
  const approved = phase === "WaitingPromotion";
  const canary = { name: application, namespace };
  if (approved) await (local === undefined ? openGate(config, kubernetes, canary) : openLocalGate(local.gates, canary));
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
