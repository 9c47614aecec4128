import type { RecoveryEvent } from "../recovery/event.ts";
import type { CommitStatus } from "../repository/commit-statuses.ts";

import { deploymentWords } from "./record.ts";

/**
 * What a host shows beside the commit about a report: how its sync ended, and later what the application became with it.
 * Of both the last one counts, in one context an environment and application.
 */
export function commitStatusOf(event: RecoveryEvent): CommitStatus {
  const { kind, application, environment, revision: commit, name, phase, link, analysis } = event;
  const context = `gitops/${environment}/${application}`;
  const place = { commit, context, ...(link === undefined || !/^https?:/.test(link) ? {} : { url: link }) };
  switch (kind) {
    case "synced":
      return {
        ...place,
        state: phase === "Succeeded" ? "success" : "failure",
        description: deploymentWords(event),
      };
    case "healthy":
      return { ...place, state: "success", description: `${name} is Healthy` };
    case "degraded":
      return {
        ...place,
        state: "failure",
        description: `${name} is Degraded${analysis === undefined ? "" : `: ${analysis}`}`,
      };
  }
}
