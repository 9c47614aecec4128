import type { Application } from "../argocd/applications.ts";

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
    readonly history: readonly { readonly id: number; readonly revision: string; readonly deployedAt: string }[];
  };
}

/**
 * What a Kustomization and its GitRepository say, in the words of Argo CD: there is one application whatever the engine.
 *
 * `Synced` is what was applied, with all of it healthy, at the commit that the GitRepository has: Flux tells no earlier
 * point (`lastAppliedRevision` is written after `wait`). What people change is seen only when Flux applies next.
 * A suspended Kustomization is compared with what Git has by its commit alone.
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
  const synced = !stale && wanted !== "" && applied === wanted;
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
      history: history(kustomization, applied),
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

function healthOf({ ready, suspended, stale, synced, applied, now }: State): string {
  if (applied === "" && suspended) return "Missing";
  if (ready === undefined) return suspended ? "Unknown" : "Progressing";
  const looks = ready.status === "Unknown" && synced && now - Date.parse(ready.lastTransitionTime) < lookMs;
  if (looks) return "Healthy";
  if (stale || ready.status === "Unknown") return "Progressing";
  if (ready.status === "True") return "Healthy";
  // Something it depends on is not ready yet: it is asked again.
  return ready.reason === "DependencyNotReady" ? "Progressing" : "Degraded";
}

/** Types that end with `Error` are what people are told first (../argocd/application-reason.ts). */
function readyProblem({
  ready,
  suspended,
  stale,
}: State): { readonly type: string; readonly message: string } | undefined {
  if (ready?.status !== "False" || suspended || stale || ready.reason === "DependencyNotReady") return undefined;
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

function history({ status }: Kustomization, applied: string): FluxApplication["status"]["history"] {
  const done = (status?.history ?? []).filter((entry) => entry.lastReconciledStatus === "ReconciliationSucceeded");
  const entries = done
    .map((entry) => ({ revision: commitOf(entry.metadata?.["revision"]), deployedAt: entry.firstReconciled }))
    .filter(({ revision }) => revision !== "")
    .toReversed();
  // An entry is of a content: a commit that changed nothing of it has none, and runs all the same.
  const last = status?.history?.[0]?.lastReconciled;
  if (applied !== "" && entries.at(-1)?.revision !== applied && last !== undefined) {
    entries.push({ revision: applied, deployedAt: last });
  }
  return entries.map((entry, id) => ({ id, ...entry }));
}
