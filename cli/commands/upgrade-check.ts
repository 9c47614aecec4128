import { Command, Option } from "commander";

import { clusterOptions } from "../cluster/flags.ts";
import type { ClusterFlags } from "../cluster/flags.ts";
import type { Host } from "../host.ts";

const examples = `
Examples:
  gitops upgrade-check --to 1.36               what an upgrade of the current cluster would meet
  gitops upgrade-check --to 1.36 --stack prod  of what the stack declares: no cluster, no credentials
  gitops upgrade-check --local                 of the platform of this machine
  gitops upgrade-check --crds flagger/crds/crd.yaml
  gitops upgrade-check --json | jq '.findings[] | select(.level == "blocking")'

Looks at the version skew of control plane, nodes and kubectl; at API versions in the overlays under apps/ and in the
stack; at stored versions of CustomResourceDefinitions; at the Kubernetes versions that each chart is made for; at add-ons
and support dates of EKS. What no source says is "unknown". Only reads.

Exit codes: 0 nothing blocks the upgrade (read the warnings), 1 something does, 2 bad usage, or the cluster does not answer.`;

/** Options as commander gives them. */
export interface UpgradeCheckFlags extends ClusterFlags {
  readonly to?: string;
  readonly stack?: string;
  readonly crds?: string;
  readonly directory?: string;
  readonly json?: true;
}

/** `gitops upgrade-check`. */
export function upgradeCheckCommand(host: Host, done: (exitCode: number) => void): Command {
  const command = new Command("upgrade-check")
    .description("show what an upgrade of Kubernetes would break, in the cluster, the stack and the applications")
    .option("--to <version>", "Kubernetes minor or version. Default: the one this project is made for")
    .addOption(
      new Option("-s, --stack <name>", "check what a stack declares instead of a cluster").conflicts([
        "kubeconfig",
        "context",
        "local",
      ]),
    )
    .option("--crds <file>", "CustomResourceDefinitions that the upgrade applies, to compare with what is stored")
    .option("--directory <path>", "the project. Default: the folder with a Pulumi.yaml, here or above")
    .option("--json", "one JSON document (cli/README.md describes it)");
  return clusterOptions(command)
    .showHelpAfterError("(gitops upgrade-check --help shows the options)")
    .addHelpText("after", examples)
    .action(async (flags: UpgradeCheckFlags) => {
      // Loaded here: --help does not wait for it.
      const { runUpgradeCheck } = await import("../upgrade-check/run.ts");
      done(await runUpgradeCheck(flags, host));
    });
}
