import { Command, InvalidArgumentError, Option } from "commander";

import { environmentNames } from "../../infra/environments.ts";
import type { Environment } from "../../infra/environments.ts";
import { clusterOptions } from "../cluster/flags.ts";
import type { ClusterFlags } from "../cluster/flags.ts";
import { repositoryOptions } from "../repository/flags.ts";
import type { RepositoryFlags } from "../repository/flags.ts";

import { applicationName } from "./arguments.ts";

const examples = `
Examples:
  gitops approve app --env staging --dry-run         what waits, and whether you may approve it
  gitops approve app --env staging --message "tested by QA"
  gitops approve core-trading --env prod --local     on the platform of this machine
  gitops approve app --env staging --no-wait --json

Approves what waits for a person: a sync (an environment or application with the strategy manual), or the promotion of a
release that has passed its analysis and waits at its gate (confirm-promotion). The approval is recorded in Git, as an
annotated tag with trailers and in the note of the commit; then exactly that commit is synced, or the gate is opened, and
followed until it is well. Where the environment wants four eyes (prod does), nobody approves what they wrote themselves.

A sync goes through Argo CD's API with ARGOCD_SERVER and ARGOCD_AUTH_TOKEN, and on the platform of this machine; else it
needs the right to "patch" Applications. A gate needs the right to "get" the Canary, and in the namespace flagger-system to
"list" pods and to "get" and "create" pods/portforward. docs/approvals.md has the rest.

Exit codes: 0 approved (or it was already) and well, 1 refused, nothing waits, or not well in time, 2 bad usage, or the
cluster or Git does not answer.`;

/** Options as commander gives them. */
export interface ApproveFlags extends ClusterFlags, RepositoryFlags {
  readonly local?: true | string;
  readonly env: Environment;
  readonly message?: string;
  readonly dryRun?: true;
  readonly wait: boolean;
  readonly timeout: number;
  readonly prune?: true;
  readonly json?: true;
}

/** `gitops approve`. */
export function approveCommand(done: (exitCode: number) => void): Command {
  const command = new Command("approve")
    .description("let a change through that waits for a person's approval, and record who, when and why")
    .argument("<application>", "folder under apps/", applicationName)
    .addOption(new Option("--env <name>", "environment").choices(environmentNames).makeOptionMandatory())
    .option("-m, --message <why>", "for the record")
    .option("--dry-run", "show what waits, and whether you may approve it; nothing is done")
    .option("--no-wait", "do not wait until it is well")
    .option("--timeout <seconds>", "how long to wait at most", seconds, 1200)
    .option("--prune", "let the sync delete what Git does not have any more")
    .option("--json", "one JSON document");
  return repositoryOptions(clusterOptions(command))
    .showHelpAfterError("(gitops approve --help shows the options)")
    .addHelpText("after", examples)
    .action(async (name: string, flags: ApproveFlags) => {
      // Loaded here: --help does not wait for it.
      const { runApprove } = await import("../approve/run.ts");
      done(await runApprove(name, flags));
    });
}

function seconds(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 86_400) return value;
  throw new InvalidArgumentError(`"${text}" is no whole number of seconds from 1 to 86400; give for example 600.`);
}
