import { Command, InvalidArgumentError, Option } from "commander";

import type { Host } from "../host.ts";
import { loadReview } from "../review/bundle.ts";

const examples = `
Examples:
  gitops review --base origin/main                        the working tree against what it will be merged into
  gitops review --base origin/main --markdown             for the comment on a pull request
  gitops review --base HEAD~1 --json --out review.json
  gitops review --base origin/main --sarif --out review.sarif    for code scanning
  gitops review --base origin/main --max-risk 0.5         stricter than the repository's settings
  GITOPS_REVIEW_PROVIDER=anthropic GITOPS_REVIEW_MODEL=<model> ANTHROPIC_API_KEY=... \\
    gitops review --base origin/main --advice             with the remarks of a language model

A change is rejected when its risk is above 0.8 or a mandatory policy is violated. The limits, and every weight, can be
set in gitops-review.yaml; the file of the base revision holds, so that a change cannot move its own limits.

--advice sends the difference, secrets taken out, to the service that the environment names:
  GITOPS_REVIEW_PROVIDER  openai (or anything that speaks its chat completions), or anthropic
  GITOPS_REVIEW_MODEL     name of the model
  OPENAI_API_KEY, OPENAI_BASE_URL, ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL
What the model says can raise the risk, and never lower it or approve.

Exit codes: 0 approved, 1 rejected, 2 bad usage or configuration.`;

/** Options as commander gives them. */
export interface ReviewFlags {
  readonly base: string;
  readonly stack: readonly string[];
  readonly json?: true;
  readonly markdown?: true;
  readonly sarif?: true;
  readonly out?: string;
  readonly directory?: string;
  readonly config?: string;
  readonly maxRisk?: number;
  readonly violations?: "mandatory" | "any";
  readonly advice?: true;
}

/** `gitops review`. */
export function reviewCommand(host: Host, done: (exitCode: number) => void): Command {
  const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
  return new Command("review")
    .description("judge a change: its risk from 0 to 1 with every part of it, and the violations of policies")
    .requiredOption("--base <git ref>", "what the change will be merged into")
    .option("-s, --stack <name>", "a stack; can be repeated. Default: every stack that has a file", collect, [])
    .addOption(new Option("--json", "one JSON document").conflicts(["markdown", "sarif"]))
    .addOption(new Option("--markdown", "Markdown, for the comment on a pull request").conflicts(["json", "sarif"]))
    .addOption(new Option("--sarif", "SARIF 2.1.0, for code scanning").conflicts(["json", "markdown"]))
    .option("--out <file>", "write there instead of standard output")
    .option("--directory <path>", "the project. Default: the folder with a Pulumi.yaml, here or above")
    .option("--config <file>", "settings, instead of the base revision's gitops-review.yaml")
    .option("--max-risk <number>", "reject above it, 0 to 1. Default: the settings', else 0.8", risk)
    .addOption(new Option("--violations <which>", "violations that reject").choices(["mandatory", "any"]))
    .option("--advice", "ask a language model as well; see below")
    .showHelpAfterError("(gitops review --help shows the options)")
    .addHelpText("after", examples)
    .action(async (flags: ReviewFlags) => {
      const { runReview } = await loadReview(host);
      done(await runReview(flags, host));
    });
}

function risk(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError(`"${text}" is no number from 0 to 1; give for example 0.8.`);
}
