import type { Application } from "../argocd/applications.ts";
import { refreshAnnotation } from "../argocd/names.ts";

import { appliedRevisions } from "./history.ts";
import type { AppliedRevision } from "./history.ts";
import { reconcileAnnotation } from "./names.ts";
import { commitOf } from "./objects.ts";
import type { GitRepository, Kustomization } from "./objects.ts";
import { healthProblem, operationOf, problemOf, sourceProblem } from "./reasons.ts";
import { healthOf } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

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
  const conditionOf = (name: string) => status.conditions?.find(({ type }) => type === name);
  const ready = conditionOf("Ready");
  const [wanted, applied] = [commitOf(source?.status?.artifact?.revision), commitOf(status.lastAppliedRevision)];
  const suspended = spec.suspend === true;
  const stale = !suspended && status.observedGeneration !== metadata.generation;
  const history = appliedRevisions(kustomization);
  const synced = !stale && wanted !== "" && [applied, history.at(-1)?.revision].includes(wanted);
  const attempted = commitOf(status.lastAttemptedRevision);
  const verdict: Verdict = {
    ready: attempted === wanted || suspended ? ready : undefined,
    suspended,
    stale,
    synced,
    applied,
    wanted,
    // `lastAppliedRevision` is written when all of it is healthy, and stays when it is not any more.
    wasHealthy: !stale && applied === wanted && status.history?.[0]?.lastReconciledStatus !== "HealthCheckFailed",
    now,
  };
  const problem = sourceProblem(source) ?? problemOf(verdict);
  return {
    engine: "flux",
    metadata: {
      name: metadata.name,
      namespace: metadata.namespace,
      labels: metadata.labels ?? {},
      annotations: { ...metadata.annotations, ...refreshing(source) },
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
        status: healthOf(verdict),
        ...(ready === undefined ? {} : { lastTransitionTime: ready.lastTransitionTime }),
      },
      ...(problem === undefined ? {} : { conditions: [problem] }),
      ...operationOf(verdict),
      ...healthProblem(metadata.name, verdict, conditionOf("Healthy")),
      history,
    },
  };
}

/** As Argo CD marks an Application until it has looked: what Flux says of Git is old as long as it has yet to answer. */
function refreshing(source: GitRepository | undefined): Readonly<Record<string, string>> {
  if (source === undefined || source.spec.suspend === true) return {};
  const asked = source.metadata.annotations?.[reconcileAnnotation];
  return asked === undefined || asked === source.status?.lastHandledReconcileAt
    ? {}
    : { [refreshAnnotation]: "normal" };
}
