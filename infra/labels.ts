/** Labels by which the platform's own commands find what belongs to an environment or an application. */
export const labels = {
  environment: "gitops.platform/environment",
  application: "gitops.platform/application",
} as const;
