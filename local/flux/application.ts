import type { Application } from "../argocd/applications.ts";

import { appliedRevisions } from "./history.ts";
import type { AppliedRevision } from "./history.ts";
import { commitOf } from "./objects.ts";
import type { Condition, GitRepository, Kustomization } from "./objects.ts";

/** A Kustomization in the form in which the platform reads applications, whichever engine delivers them. */
export interface FluxApplication extends Application {
  readonly engine: "flux";
  readonly metadata: Application["metadata"] & { readonly namespace: string };
  readonly spec: Application["spec"] & { readonly destination: { readonly namespace: string } };
  readonly status: NonNullable<Application["status"]> & {
    readonly health: { readonly status: string; readonly lastTransitionTime?: string };
    /** Oldest first. */
    readonly history: readonly AppliedRevision[];
  };
}

/**
 * What a Kustomization and its GitRepository say, in the words of Argo CD: there is one application whatever the engine.
 *
 * `Synced` is what was applied, healthy or not yet, at the commit that the GitRepository has. What people change is seen
 * only when Flux applies next. A suspended Kustomization is compared with what Git has by its commit alone.
 */
export function fluxApplication(
  kustomization: Kustomization,
  source: GitRepository | undefined,
  now = Date.now(),
): FluxApplication {
  const { metadata, spec, status = {} } = kustomization;
  const ready = status.conditions?.find(({ type }) => type === "Ready");
  const [wanted, applied] = [commitOf(source?.status?.artifact?.revision), commitOf(status.lastAppliedRevision)];
  const suspended = spec.suspend === true;
  const stale = !suspended && status.observedGeneration !== metadata.generation;
  const history = appliedRevisions(kustomization);
  const synced = !stale && wanted !== "" && [applied, history.at(-1)?.revision].includes(wanted);
  const attempted = commitOf(status.lastAttemptedRevision);
  const state: State = {
    ready: attempted === wanted || suspended ? ready : undefined,
    suspended,
    stale,
    synced,
    applied,
    wanted,
    now,
  };
  const problem = sourceProblem(source) ?? readyProblem(state);
  return {
    engine: "flux",
    metadata: {
      name: metadata.name,
      namespace: metadata.namespace,
      labels: metadata.labels ?? {},
      annotations: metadata.annotations ?? {},
      ...(metadata.deletionTimestamp === undefined ? {} : { deletionTimestamp: metadata.deletionTimestamp }),
    },
    spec: {
      // Each environment has one, of its name, with either engine: what windows are asked by.
      project: metadata.namespace,
      source: {
        repoURL: source?.spec.url ?? "",
        targetRevision: source?.spec.ref?.branch ?? "",
        path: (spec.path ?? "").replace(/^\.\//, ""),
      },
      destination: { namespace: spec.targetNamespace ?? metadata.namespace },
      syncPolicy: suspended ? {} : { automated: {} },
    },
    status: {
      ...(wanted === "" ? {} : { sync: { status: synced ? "Synced" : "OutOfSync", revision: wanted } }),
      health: {
        status: healthOf(state),
        ...(ready === undefined ? {} : { lastTransitionTime: ready.lastTransitionTime }),
      },
      ...(problem === undefined ? {} : { conditions: [problem] }),
      ...operation(state),
      history,
    },
  };
}

interface State {
  /** Undefined before the commit that Git has was looked at: what was said of the one before is over. */
  readonly ready: Condition | undefined;
  readonly suspended: boolean;
  readonly stale: boolean;
  readonly synced: boolean;
  /** Commits; empty where there is none. */
  readonly applied: string;
  readonly wanted: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Each interval Flux looks again whether all is as Git says and healthy, with `Ready` unknown as long as that takes. So
 * long, in milliseconds, the verdict before stands; a look that lasts longer has found something.
 */
const lookMs = 30_000;

function healthOf({ ready, suspended, stale, synced, applied, wanted, now }: State): string {
  if (applied === "" && suspended && !synced) return "Missing";
  if (ready === undefined) return suspended ? "Unknown" : "Progressing";
  // `lastAppliedRevision` is written when all of it is healthy.
  const wasHealthy = !stale && applied === wanted;
  const looks = wasHealthy && ready.status === "Unknown" && now - Date.parse(ready.lastTransitionTime) < lookMs;
  if (looks) return "Healthy";
  if (stale || ready.status === "Unknown") return "Progressing";
  if (ready.status === "True") return "Healthy";
  return passing.includes(ready.reason) ? "Progressing" : "Degraded";
}

/** Something it depends on is not ready yet, or a newer request ended the wait for health: it goes on by itself. */
const passing: readonly string[] = ["DependencyNotReady", "HealthCheckCanceled"];

/** Types that end with `Error` are what people are told first (../argocd/application-reason.ts). */
function readyProblem({
  ready,
  suspended,
  stale,
}: State): { readonly type: string; readonly message: string } | undefined {
  if (ready?.status !== "False" || suspended || stale || passing.includes(ready.reason)) return undefined;
  // Some reasons are a statement of their own, such as ArtifactFailed.
  return { type: "SyncError", message: `${ready.reason}: ${ready.message}` };
}

function sourceProblem(
  source: GitRepository | undefined,
): { readonly type: string; readonly message: string } | undefined {
  if (source === undefined) return undefined;
  const ready = source.status?.conditions?.find(({ type }) => type === "Ready");
  return ready?.status === "False" ? { type: "SourceError", message: `${ready.reason}: ${ready.message}` } : undefined;
}

/** While it applies, or waits for the health of what it applied. */
function operation({
  ready,
  suspended,
  stale,
  synced,
  wanted,
}: State): Pick<FluxApplication["status"], "operationState"> {
  if (suspended || synced || wanted === "" || !(stale || ready === undefined || ready.status === "Unknown")) return {};
  return { operationState: { phase: "Running", message: ready?.message ?? "not looked at yet" } };
}
