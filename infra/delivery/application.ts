import type { SyncStrategy } from "../config/delivery.ts";
import { destination } from "../crds/argocd.ts";
import type { ApplicationSpec } from "../crds/argocd.ts";

import type { DeliveryApplication, DeliveryEnvironment } from "./environment.ts";

type SyncPolicy = NonNullable<ApplicationSpec["syncPolicy"]>;

/** Waits 5 s, 10 s, 20 s ... up to 3 minutes between at most 5 tries of one revision: the values Argo CD documents. */
const retry = { limit: 5, backoff: { duration: "5s", factor: 2, maxDuration: "3m" } } as const;

/**
 * What Flagger and KEDA write at run time. Git never states these fields; they are listed so that a
 * self-heal or a sync does not fight over them.
 */
const ignoreDifferences: NonNullable<ApplicationSpec["ignoreDifferences"]> = [
  { group: "apps", kind: "Deployment", jsonPointers: ["/spec/replicas"] },
  { group: "autoscaling", kind: "HorizontalPodAutoscaler", jsonPointers: ["/spec/minReplicas", "/spec/maxReplicas"] },
  {
    group: "keda.sh",
    kind: "ScaledObject",
    jqPathExpressions: [
      // Flagger pauses with the first, a person in Argo CD (its action `pause`) with the second.
      '.metadata.annotations."autoscaling.keda.sh/paused-replicas"',
      '.metadata.annotations."autoscaling.keda.sh/paused"',
    ],
  },
];

/** One application in one environment: its branch, its overlay, its namespace and how it is synced. */
export function applicationSpec(
  environment: DeliveryEnvironment,
  application: DeliveryApplication,
  repository: string,
): ApplicationSpec {
  return {
    project: environment.name,
    source: { repoURL: repository, targetRevision: environment.branch, path: application.path },
    destination: destination(environment.namespace, environment.remoteCluster),
    syncPolicy: { ...automated(application.sync), retry, syncOptions: [...syncOptions] },
    ignoreDifferences,
    revisionHistoryLimit: 10,
  };
}

/** `CreateNamespace` is absent on purpose: the platform makes the namespace, with its quota and policies. */
const syncOptions = ["RespectIgnoreDifferences=true", "PruneLast=true", "FailOnSharedResource=true"] as const;

/** A window restricts automation; it does not replace it. */
function automated(sync: SyncStrategy): Partial<Pick<SyncPolicy, "automated">> {
  switch (sync.kind) {
    case "manual":
      return {};
    case "continuous":
    case "maintenance":
    case "scheduled":
    case "windows":
      return { automated: { prune: true, selfHeal: true } };
  }
}
