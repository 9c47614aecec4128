import { Command, Option } from "commander";

import { environmentNames } from "../../infra/environments.ts";
import type { Environment } from "../../infra/environments.ts";

import { applicationName } from "./arguments.ts";

const examples = `
Examples:
  gitops approve app --env prod                      with the kubeconfig that kubectl would use
  gitops approve app --env prod --local              on the platform of this machine
  gitops approve core-trading --env prod --json

Lets a release through that has passed its analysis and waits for a person: opens the gate (confirm-promotion) of the
Canary. It is refused while nothing waits, so that no release is approved before it was seen. The release closes the gate
behind it. In a cluster the gate is reached as kubectl port-forward would reach it. It needs the rights to "get" the
Canary, and in the namespace flagger-system to "list" pods and to "get" and "create" pods/portforward.

Exit codes: 0 approved, 1 nothing waits for an approval, 2 bad usage, or the cluster does not answer.`;

/** Options as commander gives them. */
export interface ApproveFlags {
  readonly env: Environment;
  readonly namespace?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly local?: true | string;
  readonly json?: true;
}

/** `gitops approve`. */
export function approveCommand(done: (exitCode: number) => void): Command {
  return new Command("approve")
    .description("let a release through that waits for a person's approval")
    .argument("<application>", "folder under apps/", applicationName)
    .addOption(new Option("--env <name>", "environment").choices(environmentNames).makeOptionMandatory())
    .option("--namespace <name>", "of its workloads. Default: the environment's own")
    .option("--kubeconfig <file>", "default: KUBECONFIG, else ~/.kube/config")
    .option("--context <name>", "of the kubeconfig. Default: its current one")
    .addOption(new Option("--local [directory]", "the platform of this machine").conflicts(["kubeconfig", "context"]))
    .option("--json", "one JSON document")
    .showHelpAfterError("(gitops approve --help shows the options)")
    .addHelpText("after", examples)
    .action(async (name: string, flags: ApproveFlags) => {
      // Loaded here: --help does not wait for it.
      const { runApprove } = await import("../approve/run.ts");
      done(await runApprove(name, flags));
    });
}
