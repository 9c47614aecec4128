import type { ApplicationSummary } from "./applications.ts";

/**
 * Where the environment wants an application: Synced and Healthy, or waiting for a person: compared, and not synced; or
 * Suspended, which is a release at its gate (infra/controllers/argocd/health-checks.ts).
 */
export function isSettled(application: ApplicationSummary): boolean {
  if (application.sync === "Synced") return ["Healthy", "Suspended"].includes(application.health);
  return !application.automated && application.sync === "OutOfSync";
}
