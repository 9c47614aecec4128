/** The namespace of Argo CD and of every Application, as in upstream's manifests. */
export const argocdNamespace = "argocd";

/** Argo CD reads its ConfigMaps and Secrets only with this label (util/settings/settings.go of Argo CD 3.5). */
export const partOfLabel = { "app.kubernetes.io/part-of": "argocd" } as const;

/** The owner, in `metadata.managedFields`, of what the local platform applies for Argo CD. */
export const fieldManager = "gitops-local-argocd";

/** Labels that the platform puts on every Application. */
export const applicationLabels = {
  environment: "gitops.platform/environment",
  application: "gitops.platform/application",
  preview: "gitops.platform/preview",
} as const;

/** Set on an Application to have it compared with Git now; the controller removes it when it begins. */
export const refreshAnnotation = "argocd.argoproj.io/refresh";

/** Names of the processes, which are those of upstream's workloads. */
export const processNames = {
  redis: "argocd-redis",
  repoServer: "argocd-repo-server",
  controller: "argocd-application-controller",
  server: "argocd-server",
  notifications: "argocd-notifications-controller",
  applicationSet: "argocd-applicationset-controller",
} as const;

export type Component = keyof typeof processNames;

/** The order of starting: what others call comes first. Stopping goes the other way round. */
export const startOrder: readonly Component[] = [
  "redis",
  "repoServer",
  "controller",
  "server",
  "notifications",
  "applicationSet",
];
