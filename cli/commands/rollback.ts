import { Command, Option } from "commander";

import { environmentNames } from "../../infra/environments.ts";
import type { Environment } from "../../infra/environments.ts";
import { clusterOptions } from "../cluster/flags.ts";
import type { ClusterFlags } from "../cluster/flags.ts";
import { deliveryOptions, repositoryOptions } from "../repository/flags.ts";
import type { DeliveryFlags, RepositoryFlags } from "../repository/flags.ts";

import { applicationName } from "./arguments.ts";

const examples = `
Examples:
  gitops rollback app --env prod --dry-run           what would be committed
  gitops rollback app --env prod --reason "wrong prices"
  gitops rollback app --env prod --to 3f2a91c        any earlier revision of the branch
  gitops rollback app --env prod --emergency "orders are lost"     past a closed window
  gitops rollback app --env prod --push              on GitHub: no pull request, if the rules of the branch let you
  gitops rollback app --env staging --local          on the platform of this machine

A rollback is a commit on the environment's branch, in your name: Argo CD or Flux syncs it like any other change, so
nothing fights its automation. On GitHub it is proposed in a pull request from rollback/<application>-<env>-<revision>,
one however often you ask (GITHUB_TOKEN; Contents and Pull requests: write); elsewhere, or with --push, it is pushed,
never forced. Without --to, what the last sync brought to the application is reverted, under the guards of the automatic
rollback (docs/rollback.md). With --to, the application's own files become what they were then.
Both annotate the pod template, so that Flagger analyses anew, and leave the files of other applications alone.

While a sync window is closed, a rollback is refused: it would wait, unseen, until the window opens. --emergency commits it
all the same, records why in the commit and in its note, and then syncs that commit, in your name, where the window lets
people in (manualSync). It needs the right to "patch" Applications in the namespace argocd. After a pull request was merged,
or when the sync could not be asked for, the same command goes on there. Flux has no windows: there --emergency lets exactly
that commit into what is suspended, as gitops approve does (right to "patch" Kustomizations and the GitRepository).

Exit codes: 0 rolled back or proposed, or it was already; 1 refused, or the sync failed, with the reason; 2 bad usage, or
Git, the host or the cluster does not answer.`;

/** Options as commander gives them. */
export interface RollbackFlags extends ClusterFlags, RepositoryFlags, DeliveryFlags {
  readonly local?: true | string;
  readonly env: Environment;
  readonly to?: string;
  readonly reason?: string;
  /** Why; `true` where only --reason says it. */
  readonly emergency?: true | string;
  readonly dryRun?: true;
  readonly render: boolean;
  readonly cluster: boolean;
  readonly json?: true;
}

/** `gitops rollback`. */
export function rollbackCommand(done: (exitCode: number) => void): Command {
  const command = new Command("rollback")
    .description("take a release back, by a commit on the environment's branch")
    .argument("<application>", "folder under apps/", applicationName)
    .addOption(new Option("--env <name>", "environment").choices(environmentNames).makeOptionMandatory())
    .option("--to <revision>", "the state to go back to. Default: what ran before the last sync")
    .option("--reason <text>", "goes into the commit and its note")
    .option("--emergency [why]", "it cannot wait for a window: sync it at once, and record why")
    .option("--dry-run", "show what would be committed, and change nothing")
    .option("--no-render", "commit without rendering the overlay first")
    .option("--no-cluster", "ask no cluster: what is newest on the branch counts as what runs")
    .option("--json", "one JSON document (cli/README.md describes it)");
  return repositoryOptions(clusterOptions(deliveryOptions(command)))
    .showHelpAfterError("(gitops rollback --help shows the options)")
    .addHelpText("after", examples)
    .action(async (application: string, flags: RollbackFlags) => {
      // Loaded here: --help does not wait for it.
      const { runRollback } = await import("../rollback/run.ts");
      done(await runRollback(application, flags));
    });
}
