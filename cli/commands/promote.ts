import { Command, Option } from "commander";

import { environmentNames } from "../../infra/environments.ts";
import type { Environment } from "../../infra/environments.ts";
import { clusterOptions } from "../cluster/flags.ts";
import type { ClusterFlags } from "../cluster/flags.ts";
import type { Host } from "../host.ts";
import { deliveryOptions, repositoryOptions } from "../repository/flags.ts";
import type { DeliveryFlags, RepositoryFlags } from "../repository/flags.ts";

import { applicationName } from "./arguments.ts";

const examples = `
Examples:
  gitops promote app --from dev --to staging --dry-run      what would be committed
  gitops promote app --from dev --to staging                the images of one application
  gitops promote --all --from dev --to staging              of each one that is well; the others are left out
  gitops promote --all --branch --from staging --to prod    everything, by a merge; all must be well
  gitops promote app --from dev --to staging --local        on the platform of this machine

Takes what is Synced and Healthy in the source, with no release under analysis, and whose pods run the images that Git
says: by the digest where Git has one, else by the tag. What has neither, or the tag latest, is refused. With --signed-by
cosign has to find that signature, such as that of .github/workflows/release-app.yml; without it nobody looks, and the
message says so.

On GitHub it opens a pull request, or brings the open one up to date; GITHUB_TOKEN (Contents and Pull requests: write) is
used. On a host without pull requests, or with --push, it commits to the branch of the target and pushes, never forced.
What the target has already is promoted no second time.

The review (gitops review --base <target>) judges what is proposed: its risk, verdict and remarks are in the pull request, or
in the message and the note of the commit. What it does not approve is not pushed without a pull request.

The cluster is that of the source. Exit codes: 0 promoted, or nothing to do; 1 something was refused, with the reason; 2 bad
usage, or Git, the host or the cluster does not answer.`;

/** Options as commander gives them. */
export interface PromoteFlags extends ClusterFlags, RepositoryFlags, DeliveryFlags {
  readonly local?: true | string;
  readonly from: Environment;
  readonly to: Environment;
  readonly all?: true;
  readonly images?: true;
  readonly branch?: true;
  readonly dryRun?: true;
  readonly render: boolean;
  readonly review: boolean;
  readonly signedBy?: string;
  readonly json?: true;
}

/** `gitops promote`. */
export function promoteCommand(host: Host, done: (exitCode: number) => void): Command {
  const environment = (flags: string, description: string): Option =>
    new Option(flags, description).choices(environmentNames).makeOptionMandatory();
  const command = new Command("promote")
    .description("bring what is well in one environment to the next one")
    .argument("[application]", "folder under apps/", applicationName)
    .option("--all", "every application of the source")
    .addOption(environment("--from <name>", "environment to take from"))
    .addOption(environment("--to <name>", "environment to bring to"))
    .addOption(new Option("--images", "only what the overlays say of images. The default").conflicts("branch"))
    .option("--branch", "everything on the branch of the source; with --all")
    .option("--dry-run", "show what would be committed, and change nothing")
    .option("--no-render", "commit without rendering the overlays first")
    .option("--signed-by <identity>", "refuse images without a digest and this signature; asks cosign")
    .option("--no-review", "without the review's verdict; the message says so")
    .option("--json", "one JSON document (cli/README.md describes it)");
  return repositoryOptions(clusterOptions(deliveryOptions(command)))
    .showHelpAfterError("(gitops promote --help shows the options)")
    .addHelpText("after", examples)
    .action(async (application: string | undefined, flags: PromoteFlags) => {
      // Loaded here: --help does not wait for it.
      const { runPromote } = await import("../promote/run.ts");
      done(await runPromote(application, flags, host));
    });
}
