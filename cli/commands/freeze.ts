import { Command, Option } from "commander";

import { environmentNames } from "../../infra/environments.ts";
import type { Environment } from "../../infra/environments.ts";
import { hostOption } from "../repository/flags.ts";
import type { DeliveryFlags } from "../repository/flags.ts";

import { applicationName } from "./arguments.ts";

const examples = `
Examples:
  gitops freeze --env prod --until 2027-01-04T06:00Z --reason "year-end closing"
  gitops freeze --env prod --until 36h --reason "incident 4711" --app core-trading --app reporting --push
  gitops freeze --env prod --from 2026-12-24T18:00+01:00 --until 3d --reason "holidays" --dry-run
  gitops freeze --env prod --until 4h --reason "evidence is being kept" --strict
  gitops freeze --env prod --until 36h --reason "year-end closing" --pull-request

Writes the freeze into infra/calendar/freezes.yaml, and commits that file alone. On GitHub that is a pull request to the
branch that the environment is deployed from, one for the same applications however often you ask (GITHUB_TOKEN; Contents
and Pull requests: write); what is checked out stays as it is. Elsewhere it is a commit on the branch that is checked out,
which --push pushes if it is the right one.

The stack of the environment turns it into deny windows of the AppProject, once it is deployed from there. Nothing syncs by
itself while it holds, self-heal included. A person may still sync, which is how an emergency rollback gets through, unless
--strict. Where only people sync, it keeps them out.

Exit codes: 0 frozen or proposed, or it was already; 1 refused (another freeze at that time); 2 bad usage, or Git or the
host refuses.`;

const endExamples = `
Examples:
  gitops unfreeze --env prod
  gitops unfreeze --env prod --app reporting --reason "closing is done" --push
  gitops unfreeze --env prod --pull-request --dry-run

Removes the freezes of the environment that hold now or are to come: on GitHub by a pull request, else by a commit on the
branch that is checked out, as gitops freeze does.

Exit codes: 0 ended or proposed, or nothing was frozen; 1 refused (all applications are frozen, not one alone); 2 bad usage,
or Git or the host refuses.`;

/** Options of both commands as commander gives them. */
interface CommonFlags extends DeliveryFlags {
  readonly env: Environment;
  readonly directory?: string;
  /** Default: the one of infra/environments.ts. */
  readonly branch?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

export interface FreezeFlags extends CommonFlags {
  readonly from?: string;
  readonly until: string;
  readonly reason: string;
  readonly app: readonly string[];
  readonly strict?: true;
}

export interface UnfreezeFlags extends CommonFlags {
  readonly app?: string;
  readonly reason?: string;
}

/** `gitops freeze`. */
export function freezeCommand(done: (exitCode: number) => void): Command {
  const collect = (name: string, before: readonly string[]) => [...before, applicationName(name)];
  return common("freeze", "let nothing be synced in an environment for some time")
    .requiredOption("--until <instant>", "ISO 8601 with offset, or how long: 90m, 36h, 5d; at most 90 days")
    .requiredOption("--reason <text>", "one line; whoever is stopped by the freeze reads it")
    .option("--from <instant>", "when it begins, as --until. Default: now")
    .option("--app <name>", "only this application; can be repeated. Default: all", collect, [])
    .option("--strict", "stop people too: no emergency gets through")
    .addHelpText("after", examples)
    .action(async (flags: FreezeFlags) => {
      // Loaded here: --help does not wait for it.
      const { runFreeze } = await import("../freeze/run.ts");
      done(await runFreeze(flags));
    });
}

/** `gitops unfreeze`. */
export function unfreezeCommand(done: (exitCode: number) => void): Command {
  return common("unfreeze", "end the freezes of an environment")
    .option("--app <name>", "only this application. Default: all", applicationName)
    .option("--reason <text>", "goes into the commit")
    .addHelpText("after", endExamples)
    .action(async (flags: UnfreezeFlags) => {
      const { runUnfreeze } = await import("../freeze/run.ts");
      done(await runUnfreeze(flags));
    });
}

function common(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .addOption(new Option("--env <name>", "environment").choices(environmentNames).makeOptionMandatory())
    .addOption(
      new Option("--pull-request", "open a pull request. The default where the host has them").conflicts("push"),
    )
    .option("--push [remote]", "push the branch that is checked out. Default remote: origin")
    .addOption(hostOption())
    .option("--branch <name>", "that the environment is deployed from. Default: that of infra/environments.ts")
    .option("--dry-run", "show what would be committed, and change nothing")
    .option("--json", "one JSON document")
    .option("--directory <path>", "the project. Default: the folder with a Pulumi.yaml, here or above")
    .showHelpAfterError(`(gitops ${name} --help shows the options)`);
}
