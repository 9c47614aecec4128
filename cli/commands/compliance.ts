import { Command, Option } from "commander";

import type { Environment } from "../../infra/environments.ts";
import { clusterOptions } from "../cluster/flags.ts";
import type { ClusterFlags } from "../cluster/flags.ts";
import type { Host } from "../host.ts";

import { collectEnvironment } from "./arguments.ts";

const examples = `
Examples:
  gitops compliance                      every control in every environment of the current cluster
  gitops compliance --local --env prod   on the platform of this machine
  gitops compliance --markdown > compliance.md
  gitops compliance --json | jq '.environments[].controls[] | select(.result != "pass")'

The evidence is live: what the namespaces hold, the rules of admission and that they refuse a violation (a dry run:
nothing is kept), the status of Open Cluster Management where it runs, and what the policies say to the plan of the
working tree. What could not be seen is unknown, and never a pass. docs/compliance.md has the controls.

Exit codes: 0 every control passes or is waived, 1 one fails or is unknown, 2 bad usage, or the cluster does not answer.`;

/** Options as commander gives them. */
export interface ComplianceFlags extends ClusterFlags {
  readonly env: readonly Environment[];
  readonly json?: true;
  readonly markdown?: true;
  readonly stack?: string;
  readonly directory?: string;
  readonly plan: boolean;
}

/** `gitops compliance`. */
export function complianceCommand(host: Host, done: (exitCode: number) => void): Command {
  const command = new Command("compliance")
    .description("show for every control where it is enforced, the evidence, and whether it holds")
    .option("--env <name>", "only this environment; can be repeated", collectEnvironment, [])
    .addOption(new Option("--json", "one JSON document (docs/compliance.md describes it)").conflicts("markdown"))
    .option("--markdown", "Markdown, for a record or a comment")
    .option("-s, --stack <name>", "planned for all environments. Default: that of each; with --local, local")
    .option("--directory <path>", "the project. Default: the folder with a Pulumi.yaml, here or above")
    .option("--no-plan", "leave the plan out: only what the cluster shows");
  return clusterOptions(command)
    .showHelpAfterError("(gitops compliance --help shows the options)")
    .addHelpText("after", examples)
    .action(async (flags: ComplianceFlags) => {
      // Loaded here: --help does not wait for it.
      const { runCompliance } = await import("../compliance/run.ts");
      done(await runCompliance(flags, host));
    });
}
