import { Command, InvalidArgumentError } from "commander";

import { clusterOptions } from "../cluster/flags.ts";
import type { ClusterFlags } from "../cluster/flags.ts";
import { repositoryOptions } from "../repository/flags.ts";
import type { RepositoryFlags } from "../repository/flags.ts";

const examples = `
Examples:
  gitops dashboard                          the current cluster; prints the address to open
  gitops dashboard --local --open           the platform of this machine, in your browser
  gitops dashboard --local --allow-actions  approve, promote, rollback, freeze and unfreeze from the page
  gitops dashboard --behind-proxy dashboard.example.com --host 0.0.0.0 --port 8080    in a cluster: docs/dashboard.md

Serves a page on loopback until Ctrl-C: the flow from dev to prod, live, with releases, scaling, windows, history and
diffs. The address has a token that opens one session; another one is printed once it was used. Read-only, unless
--allow-actions: then the page runs the commands of the same names, as you, with their rules and refusals.

Exit codes: 0 ended by the system, 2 bad usage, 130 after Ctrl-C.`;

/** Options as commander gives them. */
export interface DashboardFlags extends ClusterFlags, RepositoryFlags {
  readonly local?: true | string;
  readonly port: number;
  readonly host: string;
  readonly interval: number;
  readonly open?: true;
  readonly allowActions?: true;
  readonly behindProxy?: string;
  readonly json?: true;
}

/** `gitops dashboard`. */
export function dashboardCommand(done: (exitCode: number) => void): Command {
  const command = new Command("dashboard")
    .description("serve a page with the state of every application, its history and its windows")
    .option("--port <number>", "to listen on. Default: any that is free", port, 0)
    .option("--host <address>", "to listen on; one of loopback, unless --behind-proxy", "127.0.0.1")
    .option("--open", "open the page in the browser")
    .option("--allow-actions", "let the page approve, promote, roll back, freeze and unfreeze, as you")
    .option("--interval <seconds>", "between two looks at the cluster while a page is open", seconds, 2)
    .option("--behind-proxy <name>", "the host name of an ingress that signs people in: no token, no actions", hostname)
    .option("--json", "print each address as one line of JSON");
  return repositoryOptions(clusterOptions(command))
    .showHelpAfterError("(gitops dashboard --help shows the options)")
    .addHelpText("after", examples)
    .action(async (flags: DashboardFlags) => {
      // Loaded here: --help does not wait for it.
      const { runDashboard } = await import("../dashboard/run.ts");
      done(await runDashboard(flags));
    });
}

function port(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 65_535) return value;
  throw new InvalidArgumentError(`"${text}" is no port; give a number from 0 (any) to 65535.`);
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0.5 && value <= 3600) return value;
  throw new InvalidArgumentError(`"${text}" is no number of seconds from 0.5 to 3600; give for example 2.`);
}

function hostname(text: string): string {
  if (/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:\d+)?$/.test(text)) return text;
  throw new InvalidArgumentError(`"${text}" is no host name; give for example dashboard.example.com.`);
}
