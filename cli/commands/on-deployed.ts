import { Command, Option } from "commander";

import { repositoryOptions } from "../repository/flags.ts";
import type { RepositoryFlags } from "../repository/flags.ts";
import { hostNames } from "../repository/host-names.ts";
import type { HostName } from "../repository/host-names.ts";

const examples = `
Examples:
  gitops on-deployed --event event.json           what Argo CD reported, or the payload of repository_dispatch
  gitops on-deployed --event - --json < event.json

Brings the status of a deployment back to Git: how a sync ended becomes a line of the note of its commit (refs/notes/
deployments), once an operation; on GitHub the commit shows it, and whether the application became healthy, as the status
gitops/<environment>/<application>. GITHUB_TOKEN needs the permissions Contents: write and Commit statuses: write.

Exit codes: 0 told, or told before; 2 bad usage, or Git or the host does not answer.`;

/** Options as commander gives them. */
export interface OnDeployedFlags extends RepositoryFlags {
  readonly event: string;
  readonly host?: HostName;
  readonly json?: true;
}

/** `gitops on-deployed`. */
export function onDeployedCommand(done: (exitCode: number) => void): Command {
  const command = new Command("on-deployed")
    .description("record in Git how a sync ended, and show it beside the commit")
    .requiredOption("--event <file>", "the report; - reads standard input")
    .addOption(new Option("--host <name>", "of the remote. Default: what its address says").choices(hostNames))
    .option("--json", "one JSON document");
  return repositoryOptions(command)
    .showHelpAfterError("(gitops on-deployed --help shows the options)")
    .addHelpText("after", examples)
    .action(async (flags: OnDeployedFlags) => {
      // Loaded here: --help does not wait for it.
      const { runOnDeployed } = await import("../deployed/run.ts");
      done(await runOnDeployed(flags));
    });
}
