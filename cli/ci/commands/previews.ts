import { Command } from "commander";

import { reviewAgain } from "../previews/new-commits.ts";
import { sweepPreviews } from "../previews/sweep.ts";

/** Commands about the environments of pull requests. */
export function previewCommands(project: () => string): readonly Command[] {
  const stack = ["--stack <name>", "stack that has the previews, as in Pulumi.<name>.yaml"] as const;
  return [
    new Command("preview-sweep")
      .description("take the label off pull requests whose preview has lasted long enough, or which are too many")
      .requiredOption(...stack)
      .action(async (options: { readonly stack: string }) => {
        console.log(await sweepPreviews(project(), options.stack, process.env));
      }),
    new Command("preview-new-commits")
      .description("take the label off a fork's pull request that has new commits")
      .requiredOption(...stack)
      .action(async (options: { readonly stack: string }) => {
        console.log(await reviewAgain(project(), options.stack, process.env));
      }),
  ];
}
