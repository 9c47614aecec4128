import { Command, InvalidArgumentError } from "commander";

import { clusterOptions } from "../cluster/flags.ts";
import type { ClusterFlags } from "../cluster/flags.ts";

import { applicationName, collectEnvironment } from "./arguments.ts";

const examples = `
Examples:
  gitops status                          every application in every environment of the current cluster
  gitops status --local                  on the platform of this machine
  gitops status app --env prod --watch   until Ctrl-C
  gitops status --json | jq '.applications[] | select(.state != "well")'

A revision "a > b" runs a and shall run b. An image "a > b" serves a while b is analysed. With --watch the table is drawn
anew when something changes; with --json as well, each line is one document.

Exit codes: 0 nothing is unwell (what is on its way or waits for a person is not), 1 something is, 2 bad usage, or the
cluster does not answer, 130 after Ctrl-C.`;

/** Options as commander gives them. */
export interface StatusFlags extends ClusterFlags {
  readonly env: readonly string[];
  readonly watch?: true;
  readonly interval: number;
  readonly json?: true;
}

/** `gitops status`. */
export function statusCommand(done: (exitCode: number) => void): Command {
  const command = new Command("status")
    .description("show what runs in every environment, what shall run, and what waits or is not well")
    .argument("[application]", "folder under apps/. Default: all", applicationName)
    .option("--env <name>", "only this environment; can be repeated", collectEnvironment, [])
    .option("-w, --watch", "show again what changes, until Ctrl-C")
    .option("--interval <seconds>", "with --watch: between two looks", seconds, 2)
    .option("--json", "one JSON document (cli/README.md describes it)");
  return clusterOptions(command)
    .showHelpAfterError("(gitops status --help shows the options)")
    .addHelpText("after", examples)
    .action(async (application: string | undefined, flags: StatusFlags) => {
      // Loaded here: --help does not wait for it.
      const { runStatus } = await import("../status/run.ts");
      done(await runStatus(application, flags));
    });
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0.1 && value <= 3600) return value;
  throw new InvalidArgumentError(`"${text}" is no number of seconds from 0.1 to 3600; give for example 2.`);
}
