import { Command } from "commander";

import { clusterOptions } from "../cluster/flags.ts";
import type { ClusterFlags } from "../cluster/flags.ts";
import type { Host } from "../host.ts";

const examples = `
Examples:
  gitops adopt-check --stack prod --context shop    before the first \`pulumi up\` on a cluster that is there already
  gitops adopt-check --stack local --local          on the platform of this machine
  gitops adopt-check --stack prod --json | jq '.findings[] | select(.level == "blocking")'

Looks for what a first deployment would break or could not make: Applications in the AppProject \`default\`, which the stack
leaves without rights; namespaces, AppProjects and Applications of the stack's names that are somebody else's; a second
Argo CD, or one in another namespace; kinds that no controller serves. Only reads.

Exit codes: 0 nothing is in the way, 1 something is, 2 bad usage, or the cluster does not answer.`;

/** Options as commander gives them. */
export interface AdoptCheckFlags extends ClusterFlags {
  readonly stack?: string;
  readonly directory?: string;
  readonly json?: true;
}

/** `gitops adopt-check`. */
export function adoptCheckCommand(host: Host, done: (exitCode: number) => void): Command {
  const command = new Command("adopt-check")
    .description("show what a stack's first deployment would break on a cluster that is in use")
    .option("-s, --stack <name>", "the stack to deploy. Default: the only one")
    .option("--directory <path>", "the project. Default: the folder with a Pulumi.yaml, here or above")
    .option("--json", "one JSON document (cli/README.md describes it)");
  return clusterOptions(command)
    .showHelpAfterError("(gitops adopt-check --help shows the options)")
    .addHelpText("after", examples)
    .action(async (flags: AdoptCheckFlags) => {
      // Loaded here: --help does not wait for it.
      const { runAdoptCheck } = await import("../adopt-check/run.ts");
      done(await runAdoptCheck(flags, host));
    });
}
