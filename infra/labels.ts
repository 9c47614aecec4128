/** Labels by which the platform's own commands find what belongs to an environment or an application. */
export const labels = {
  environment: "gitops.platform/environment",
  application: "gitops.platform/application",
  /** On the Secret of a cluster that Argo CD delivers to: its name there. */
  cluster: "gitops.platform/cluster",
  /** On what belongs to previews: the preview's name on its Applications, `true` on its namespace. */
  preview: "gitops.platform/preview",
} as const;

/** Annotations of an Application: what follows a failed release, for its notifications, and who may approve one. */
export const annotations = {
  /** `rollback`, `degrade` or `notify`. */
  onFailure: "gitops.platform/on-failure",
  /** Name of the flag, with `degrade` alone. */
  degradeFlag: "gitops.platform/degrade-flag",
  /** `true` where nobody approves what they wrote themselves, else `false`; `gitops approve` reads it. */
  fourEyes: "gitops.platform/four-eyes",
} as const;
