import { Command, Option } from "commander";

import type { Host } from "../host.ts";

const examples = `
Examples:
  gitops plan                          the only stack, or a list of the stacks to choose from
  gitops plan prod                     what prod declares, and what the policies say to it
  gitops plan --all --json --out plan.json
  gitops plan prod --base origin/main  what the working tree changes against a revision
  gitops plan --all --base HEAD~1 --markdown > comment.md

Needs no credentials, no cluster and no network. Secrets are never printed.
Exit codes: 0 clean, 1 a mandatory policy is violated, 2 bad usage or configuration.`;

/** Options as commander gives them. */
export interface PlanFlags {
  readonly stack: readonly string[];
  readonly all?: true;
  readonly base?: string;
  readonly json?: true;
  readonly markdown?: true;
  readonly out?: string;
  readonly directory?: string;
  readonly policies: boolean;
  readonly manifests: boolean;
}

/** `gitops plan`. */
export function planCommand(host: Host, done: (exitCode: number) => void): Command {
  const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
  return new Command("plan")
    .description("show what the program declares for a stack, and every violation of a policy")
    .argument("[stack]", "name of a stack, as in Pulumi.<stack>.yaml")
    .option("-s, --stack <name>", "a stack; can be repeated", collect, [])
    .option("--all", "every stack that has a file")
    .option("--base <git ref>", "show the difference between a revision and the working tree")
    .addOption(new Option("--json", "one JSON document (cli/README.md describes it)").conflicts("markdown"))
    .option("--markdown", "Markdown, for the comment on a pull request")
    .option("--out <file>", "write there instead of standard output")
    .option("--directory <path>", "the project. Default: the folder with a Pulumi.yaml, here or above")
    .option("--no-policies", "do not judge")
    .option("--no-manifests", "leave the overlays under apps/ out")
    .showHelpAfterError("(gitops plan --help shows the options)")
    .addHelpText("after", examples)
    .action(async (stack: string | undefined, flags: PlanFlags) => {
      // Loaded here: --help does not wait for it.
      const { runPlan } = await import("../plan/run.ts");
      done(await runPlan(stack, flags, host));
    });
}
