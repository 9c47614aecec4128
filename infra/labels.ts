/** Labels by which the platform's own commands find what belongs to an environment or an application. */
export const labels = {
  environment: "gitops.platform/environment",
  application: "gitops.platform/application",
} as const;

/** Annotations of an Application by which its notifications say what follows a failed release. */
export const annotations = {
  /** `rollback`, `degrade` or `notify`. */
  onFailure: "gitops.platform/on-failure",
  /** Name of the flag, with `degrade` alone. */
  degradeFlag: "gitops.platform/degrade-flag",
} as const;
