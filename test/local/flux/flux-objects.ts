import type { Condition, GitRepository, Kustomization } from "../../../local/flux/objects.ts";

type Status = NonNullable<Kustomization["status"]>;
type Entry = NonNullable<Status["history"]>[number];

/** A commit of forty equal digits. */
export const commit = (digit: string): string => digit.repeat(40);

/** As Flux writes a commit of a branch. */
export const revisionOf = (id: string, branch = "main"): string => `${branch}@sha1:${id}`;

export const condition = (
  type: string,
  status: Condition["status"],
  reason: string,
  message = "",
  since = "2026-03-02T10:00:00Z",
): Condition => ({ type, status, reason, message, lastTransitionTime: since });

/** What kustomize-controller says while it waits for the health of what it has applied. */
export const waitsForHealth = (id: string, since = "2026-03-02T10:00:00Z"): readonly Condition[] => [
  condition("Ready", "Unknown", "Progressing", "Reconciliation in progress", since),
  condition(
    "Healthy",
    "Unknown",
    "Progressing",
    `Running health checks for revision ${revisionOf(id)} with a timeout of 15m0s`,
    since,
  ),
];

/** An entry of the history, of a content that was there for a minute. */
export const entry = (id: string, minute: number, lastReconciledStatus = "ReconciliationSucceeded"): Entry => ({
  firstReconciled: `2026-03-02T10:${String(minute).padStart(2, "0")}:00Z`,
  lastReconciled: `2026-03-02T10:${String(minute).padStart(2, "0")}:59Z`,
  lastReconciledStatus,
  metadata: { revision: revisionOf(id) },
});

/** What a Kustomization says that has applied a commit, all of it healthy. */
export const well = (id: string, ...earlier: readonly Entry[]): Status => ({
  observedGeneration: 1,
  conditions: [condition("Ready", "True", "ReconciliationSucceeded")],
  lastAppliedRevision: revisionOf(id),
  lastAttemptedRevision: revisionOf(id),
  history: [entry(id, 30), ...earlier],
});

export interface KustomizationFields {
  /** Default: dev. */
  readonly environment?: string;
  readonly suspend?: boolean;
  readonly status?: Status;
}

/** A Kustomization of `app` as the platform declares it. */
export function kustomization({ environment = "dev", suspend, status }: KustomizationFields): Kustomization {
  return {
    metadata: {
      name: `app-${environment}`,
      namespace: environment,
      generation: 1,
      labels: { "gitops.platform/environment": environment, "gitops.platform/application": "app" },
      annotations: { "gitops.platform/on-failure": "rollback" },
    },
    spec: {
      path: `./apps/app/overlays/${environment}`,
      targetNamespace: environment,
      sourceRef: { kind: "GitRepository", name: "platform" },
      ...(suspend === undefined ? {} : { suspend }),
    },
    ...(status === undefined ? {} : { status }),
  };
}

/** The GitRepository of an environment, with a commit fetched. */
export const gitRepository = (
  id: string,
  environment = "dev",
  conditions: readonly Condition[] = [],
): GitRepository => ({
  metadata: { name: "platform", namespace: environment, generation: 1 },
  spec: { url: "https://git.example.com/example/platform.git", ref: { branch: "main" } },
  status: { conditions, artifact: { revision: revisionOf(id) } },
});
