import Table from "cli-table3";
import pc from "picocolors";

import { environmentNames } from "../../infra/environments.ts";
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
  for (const application of inOrder(applications)) {
    const colour = isSettled(application) ? pc.green : pc.yellow;
    table.push([
      application.environment,
      application.application,
      application.revision.slice(0, 8),
      colour(application.sync),
      colour(application.health),
      why(application),
    ]);
  }
  return table.toString();
}

/** In the order a change travels, then by name; previews, which are no environment, after that. */
function inOrder(applications: readonly ApplicationSummary[]): ApplicationSummary[] {
  const names: readonly string[] = environmentNames;
  const rank = ({ environment }: ApplicationSummary) =>
    names.includes(environment) ? names.indexOf(environment) : names.length;
  return [...applications].sort(
    (a, b) =>
      rank(a) - rank(b) || a.environment.localeCompare(b.environment) || a.application.localeCompare(b.application),
  );
}

function why({ automated, sync, health, message }: ApplicationSummary): string {
  if (health === "Suspended") return "a release waits at its gate, until `gitops approve` opens it";
  return !automated && sync === "OutOfSync" ? `awaiting approval; ${message}` : message;
}
