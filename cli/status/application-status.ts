import type { WindowState } from "../../infra/calendar/window-state.ts";
import { summarize } from "../../local/argocd/applications.ts";
import { applicationOf, runningRevision } from "../cluster/applications.ts";
import type { PlatformApplication } from "../cluster/applications.ts";
import type { Canary, Deployment, Workloads } from "../cluster/workloads.ts";
import { windowMessage } from "../windows/message.ts";

import type { ApplicationStatus, WindowStatus } from "./model.ts";

/** Phases in which Flagger is at work (CanaryPhase, pkg/apis/flagger/v1beta1/status.go of v1.36.1). */
const analysing = ["Initializing", "Waiting", "Progressing", "WaitingPromotion", "Promoting", "Finalising"];

/**
 * Puts together what Argo CD, Flagger and Kubernetes say of one application in one environment.
 * @param windows what its sync windows permit now; undefined where none holds for it
 */
export function applicationStatus(
  application: PlatformApplication,
  workloads: Workloads,
  windows?: WindowState,
): ApplicationStatus {
  const name = applicationOf(application);
  const summary = summarize(application);
  const namespace = application.spec.destination?.namespace ?? summary.environment;
  const here = ({ metadata }: Canary | Deployment): boolean => metadata.namespace === namespace;
  const canary = workloads.canaries.find((item) => here(item) && item.metadata.name === name);
  const deployment = (wanted: string): Deployment | undefined =>
    workloads.deployments.find((item) => here(item) && item.metadata.name === wanted);
  // Flagger serves users from a copy of the Deployment, and scales the Deployment itself only for an analysis.
  const [target, primary] = [deployment(name), deployment(`${name}-primary`)];
  const own = [target, primary].filter((item) => item !== undefined);
  const image = imageOf(primary ?? target, name);
  const next = primary === undefined ? null : imageOf(target, name);
  const waitsFor = waiting(application, canary, summary, windows);
  return {
    environment: summary.environment,
    application: name,
    name: summary.name,
    wanted: summary.revision === "" ? null : summary.revision,
    running: runningRevision(application) ?? null,
    image,
    nextImage: next === image ? null : next,
    sync: summary.sync,
    health: summary.health,
    canary: canary === undefined ? null : canaryOf(canary),
    replicas: own.length === 0 ? null : replicasOf(own),
    windows: windows === undefined ? null : windowStatus(windows),
    waitsFor,
    state: stateOf(summary, canary, waitsFor),
    reason: reasonOf(summary.message, canary),
  };
}

type Summary = ReturnType<typeof summarize>;

function waiting(
  { operation, status }: PlatformApplication,
  canary: Canary | undefined,
  { automated, sync }: Summary,
  windows: WindowState | undefined,
): ApplicationStatus["waitsFor"] {
  if (canary?.status?.phase === "WaitingPromotion") return "promotion";
  const syncs = operation !== undefined || status?.operationState?.phase === "Running";
  if (sync !== "OutOfSync" || syncs) return null;
  if (!automated) return "sync";
  return windows?.automatic === false ? "window" : null;
}

function stateOf(
  { sync, health }: Summary,
  canary: Canary | undefined,
  waitsFor: ApplicationStatus["waitsFor"],
): ApplicationStatus["state"] {
  const analysed = analysing.includes(canary?.status?.phase ?? "");
  // Argo CD calls most phases of an analysis Unknown where its health check is not overridden.
  const broken = ["Degraded", "Missing"].includes(health) || (health === "Unknown" && !analysed) || sync === "Unknown";
  if (broken && waitsFor !== "sync" && waitsFor !== "window") return "unwell";
  if (waitsFor !== null) return health === "Degraded" ? "unwell" : "waiting";
  if (health === "Suspended") return "waiting";
  return sync === "Synced" && health === "Healthy" && !analysed ? "well" : "moving";
}

function reasonOf(message: string, canary: Canary | undefined): string {
  const said = canary?.status?.phase === "Failed" ? (canary.status.conditions?.[0]?.message ?? "") : "";
  if (said === "" || message.includes(said)) return message;
  return message === "" ? said : `${message}; ${said}`;
}

function windowStatus(state: WindowState): WindowStatus {
  const { automatic, manual, openUntil, opensAt } = state;
  const iso = (instant: Date | undefined) => instant?.toISOString() ?? null;
  // Without how long it is until then: --watch prints what has changed, and that does every minute.
  return { automatic, manual, openUntil: iso(openUntil), opensAt: iso(opensAt), message: windowMessage(state) };
}

function canaryOf({ status }: Canary): ApplicationStatus["canary"] {
  const { phase = "not begun", canaryWeight = 0, failedChecks = 0 } = status ?? {};
  return { phase: phase === "" ? "not begun" : phase, weight: canaryWeight, failedChecks };
}

/** Of the container that bears the application's name, else of the first, as a release takes it. */
function imageOf(deployment: Deployment | undefined, name: string): string | null {
  const containers = deployment?.spec.template.spec.containers ?? [];
  return (containers.find((container) => container.name === name) ?? containers[0])?.image ?? null;
}

function replicasOf(deployments: readonly Deployment[]): { readonly ready: number; readonly wanted: number } {
  return {
    ready: deployments.reduce((sum, { status }) => sum + (status?.readyReplicas ?? 0), 0),
    wanted: deployments.reduce((sum, { spec }) => sum + (spec.replicas ?? 1), 0),
  };
}
