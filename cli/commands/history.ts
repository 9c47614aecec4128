import { Command, InvalidArgumentError } from "commander";

import { clusterOptions } from "../cluster/flags.ts";
import type { ClusterFlags } from "../cluster/flags.ts";
import { repositoryOptions } from "../repository/flags.ts";
import type { RepositoryFlags } from "../repository/flags.ts";

import { applicationName, collectEnvironment } from "./arguments.ts";

const examples = `
Examples:
  gitops history app                           every environment, newest first
  gitops history app --env prod --limit 100
  gitops history app --local                   on the platform of this machine
  gitops history app --no-cluster --json       from Git and its notes alone

Every commit that changed the application on the branch of an environment is a deployment. Git and the notes under
refs/notes/deployments tell who, when, who approved it and why, how its sync ended, and what was taken back; Argo CD, which
remembers the last ten syncs, tells what runs now. Where no cluster answers, Git tells its part, with a warning.

Exit codes: 0 told, 2 bad usage, no such application, or Git does not answer.`;

/** Options as commander gives them. */
export interface HistoryFlags extends ClusterFlags, RepositoryFlags {
  readonly local?: true | string;
  readonly env: readonly string[];
  readonly limit: number;
  readonly cluster: boolean;
  readonly json?: true;
}

/** `gitops history`. */
export function historyCommand(done: (exitCode: number) => void): Command {
  const command = new Command("history")
    .description("tell every deployment of an application: who, when, approved by whom, and what became of it")
    .argument("<application>", "folder under apps/", applicationName)
    .option("--env <name>", "only this environment; can be repeated", collectEnvironment, [])
    .option("--limit <number>", "newest deployments of each environment", count, 20)
    .option("--no-cluster", "ask no cluster")
    .option("--json", "one JSON document (cli/README.md describes it)");
  return repositoryOptions(clusterOptions(command))
    .showHelpAfterError("(gitops history --help shows the options)")
    .addHelpText("after", examples)
    .action(async (application: string, flags: HistoryFlags) => {
      // Loaded here: --help does not wait for it.
      const { runHistory } = await import("../history/run.ts");
      done(await runHistory(application, flags));
    });
}

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 1000) return value;
  throw new InvalidArgumentError(`"${text}" is no whole number from 1 to 1000; give for example 20.`);
}
