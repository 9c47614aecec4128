/**
 * What the workflows in .github/workflows and the Tasks in infra/ci/tekton call: `npx tsx cli/ci/main.ts <command>`. GitHub's own variables
 * (GITHUB_TOKEN, GITHUB_REPOSITORY, GITHUB_OUTPUT...) are read where a command needs them.
 */
import { fileURLToPath } from "node:url";

import { Command } from "commander";

import { jenkinsXCommands } from "./commands/jenkins-x.ts";
import { previewCommands } from "./commands/previews.ts";
import { releaseCommands } from "./commands/release.ts";
import { reportCommands } from "./commands/report.ts";
import { stackCommands } from "./commands/stack.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));

const program = new Command("ci")
  .description("Steps of the workflows.")
  .option("--project <folder>", "the checkout", project)
  .showHelpAfterError();
const checkout = (): string => program.opts<{ readonly project: string }>().project;
const commands = [
  ...stackCommands(checkout),
  ...reportCommands(),
  ...releaseCommands(checkout),
  ...previewCommands(checkout),
  ...jenkinsXCommands(),
];
for (const command of commands) program.addCommand(command);

try {
  await program.parseAsync();
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
