import { Command, InvalidArgumentError, Option } from "commander";

const examples = `
Examples:
  gitops on-failure --event event.json                what Argo CD reported, or the payload of repository_dispatch
  gitops on-failure --event - --json < event.json
  gitops on-failure --overdue --branch develop --branch main

Each application says what follows its failure (onFailure in the stack's configuration): rollback reverts the release on
the environment's branch, degrade turns a flag on until the application is healthy again, notify records it alone. All of
it happens in Git, by commits that are pushed and never forced; docs/rollback.md has the guards and the records.

Exit codes: 0 done, or rightly left alone; 1 a person is needed; 2 bad usage, or Git does not answer.`;

/** Options as commander gives them. */
export interface OnFailureFlags {
  readonly event?: string;
  readonly overdue?: true;
  readonly branch: readonly string[];
  readonly directory: string;
  readonly remote: string;
  readonly wait: number;
  readonly render: boolean;
  readonly json?: true;
}

/** `gitops on-failure`. */
export function onFailureCommand(done: (exitCode: number) => void): Command {
  const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
  return new Command("on-failure")
    .description("answer a failed or recovered release in Git, as its application wants it")
    .addOption(new Option("--event <file>", "the report; - reads standard input").conflicts("overdue"))
    .option("--overdue", "instead: record which rollbacks have not led to a healthy application in time")
    .option("--branch <name>", "with --overdue: a branch to look at; can be repeated", collect, [])
    .option("--directory <path>", "a clone of the repository; what is checked out there stays as it is", ".")
    .option("--remote <name>", "of the clone, where branches are fetched from and pushed to", "origin")
    .option("--wait <seconds>", "how long to wait where a decision is too early, at most", seconds, 0)
    .option("--no-render", "commit without rendering the overlay first")
    .option("--json", "one JSON document with the decisions")
    .showHelpAfterError("(gitops on-failure --help shows the options)")
    .addHelpText("after", examples)
    .action(async (flags: OnFailureFlags) => {
      // Loaded here: --help does not wait for it.
      const { runOnFailure } = await import("../recovery/run.ts");
      done(await runOnFailure(flags));
    });
}

function seconds(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError(`"${text}" is no whole number of seconds; give for example 900.`);
}
