import { Command } from "commander";

import { environmentNames } from "../../../infra/environments.ts";
import { reportDrift } from "../drift/issue.ts";
import { addSummary } from "../github/outputs.ts";
import { commentReport } from "../pull-request/comment.ts";
import { readParts } from "../report/read-parts.ts";

/** Commands that show people what the jobs found. */
export function reportCommands(): readonly Command[] {
  const from = ["--from <folder>", "folder of the report"] as const;
  return [
    new Command("summary")
      .description("show the report on the page of the run: needs no token")
      .requiredOption(...from)
      .action(async (options: { readonly from: string }) => {
        for (const { markdown } of await readParts(options.from)) await addSummary(markdown, process.env);
      }),
    new Command("comment")
      .description("keep one comment with the report of the finished run on its pull request")
      .requiredOption(...from)
      .action(async (options: { readonly from: string }) => {
        console.log(await commentReport(options.from, process.env));
      }),
    new Command("drift-issue")
      .description("keep one issue about stacks that drifted; close it when none has")
      .requiredOption(...from)
      .action(async (options: { readonly from: string }) => {
        console.log(await reportDrift(options.from, environmentNames, process.env));
      }),
  ];
}
