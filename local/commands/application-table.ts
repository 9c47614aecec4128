import Table from "cli-table3";
import pc from "picocolors";

import type { ApplicationSummary } from "../argocd/index.ts";
import { isSettled } from "../argocd/index.ts";

/** The table that start and status print: one line an application and environment. */
export function applicationTable(applications: readonly ApplicationSummary[]): string {
  const table = new Table({
    head: ["ENVIRONMENT", "APPLICATION", "REVISION", "SYNC", "HEALTH", "WHY"],
    style: { head: [], border: [], compact: true },
    colWidths: [null, null, null, null, null, 60],
    wordWrap: true,
  });
  for (const application of applications) {
    const colour = isSettled(application) ? pc.green : pc.yellow;
    table.push([
      application.environment,
      application.application,
      application.revision.slice(0, 8),
      colour(application.sync),
      colour(application.health),
      application.message,
    ]);
  }
  return table.toString();
}
