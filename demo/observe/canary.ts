import type { RestClient } from "../../local/kubernetes/rest-client.ts";

/** The part of a Flagger Canary that the demo reads (fluxcd/flagger, pkg/apis/flagger/v1beta1/status.go). */
export interface Canary {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly progressDeadlineSeconds?: number;
    readonly analysis: { readonly interval: string; readonly iterations?: number; readonly maxWeight?: number };
  };
  readonly status?: {
    readonly phase: Phase;
    readonly failedChecks?: number;
    readonly canaryWeight?: number;
    readonly iterations?: number;
    readonly lastAppliedSpec?: string;
    readonly lastPromotedSpec?: string;
    readonly trackedConfigs?: unknown;
  };
}

export type Phase =
  | ""
  | "Initializing"
  | "Initialized"
  | "Waiting"
  | "Progressing"
  | "WaitingPromotion"
  | "Promoting"
  | "Finalising"
  | "Succeeded"
  | "Failed"
  | "Terminating"
  | "Terminated";

/** Phases in which nothing is going on. */
export const atRest: readonly Phase[] = ["Initialized", "Succeeded", "Failed"];

export function readCanary(client: RestClient, namespace: string, name: string): Promise<Canary> {
  return client.get<Canary>(`/apis/flagger.app/v1beta1/namespaces/${namespace}/canaries/${name}`);
}

/** `Progressing, 20 % of the users, 1 failed check`. */
export function describeCanary({ spec, status }: Canary): string {
  if (status === undefined) return "not looked at yet";
  const { phase, canaryWeight = 0, iterations = 0, failedChecks = 0 } = status;
  const steps = spec.analysis.iterations;
  return [
    phase === "" ? "not looked at yet" : phase,
    ...(steps !== undefined && iterations > 0 ? [`check ${Math.min(iterations, steps)} of ${steps}`] : []),
    ...(steps === undefined && canaryWeight > 0 ? [`${canaryWeight} % of the users on the new version`] : []),
    ...(failedChecks > 0 ? [`${failedChecks} failed check${failedChecks === 1 ? "" : "s"}`] : []),
  ].join(", ");
}
