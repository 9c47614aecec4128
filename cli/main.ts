import { Command, CommanderError } from "commander";

import { adoptCheckCommand } from "./commands/adopt-check.ts";
import { approveCommand } from "./commands/approve.ts";
import { auditCommand } from "./commands/audit.ts";
import { completeCommand, completionCommand } from "./commands/completion.ts";
import { complianceCommand } from "./commands/compliance.ts";
import { dashboardCommand } from "./commands/dashboard.ts";
import { freezeCommand, unfreezeCommand } from "./commands/freeze.ts";
import { fromTerraformCommand } from "./commands/from-terraform.ts";
import { historyCommand } from "./commands/history.ts";
import { onDeployedCommand } from "./commands/on-deployed.ts";
import { onFailureCommand } from "./commands/on-failure.ts";
import { planCommand } from "./commands/plan.ts";
import { promoteCommand } from "./commands/promote.ts";
import { reviewCommand } from "./commands/review.ts";
import { rollbackCommand } from "./commands/rollback.ts";
import { statusCommand } from "./commands/status.ts";
import { upgradeCheckCommand } from "./commands/upgrade-check.ts";
import { exitCodes, UsageError } from "./errors.ts";
import type { Host } from "./host.ts";

/**
 * The `gitops` command.
 * @param args without the interpreter and the script
 * @returns the exit code: 0 clean, 1 mandatory violation, 2 bad usage or configuration
 */
export async function main(args: readonly string[], host: Host): Promise<number> {
  let code: number = exitCodes.clean;
  const program = new Command("gitops")
    .description("Judge a change of the platform, bring it from environment to environment, and see what runs.")
    .showHelpAfterError("(gitops --help shows the commands)")
    .exitOverride()
    .addHelpText("after", "\nExit codes: 0 clean, 1 a policy is violated, refused or not well, 2 bad usage.");
  const done = (result: number): void => {
    code = result;
  };
  const groups: Readonly<Record<string, readonly Command[]>> = {
    "Before a change:": [planCommand(host, done), reviewCommand(host, done), upgradeCheckCommand(host, done)],
    "Coming from elsewhere:": [fromTerraformCommand(done), adoptCheckCommand(host, done)],
    "Delivery:": [
      promoteCommand(host, done),
      approveCommand(done),
      rollbackCommand(done),
      freezeCommand(done),
      unfreezeCommand(done),
    ],
    "What runs, and what happened:": [
      statusCommand(done),
      historyCommand(done),
      complianceCommand(host, done),
      auditCommand(done),
      dashboardCommand(done),
    ],
    "For automation:": [onFailureCommand(done), onDeployedCommand(done)],
    "Shell:": [completionCommand(done)],
  };
  for (const [heading, commands] of Object.entries(groups)) {
    for (const command of commands) program.addCommand(command.helpGroup(heading));
  }
  program.addCommand(completeCommand(done), { hidden: true });
  program.commandsGroup("Shell:").helpCommand("help [command]", "display help for a command");
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.usage;
    console.error(messageOf(error));
    return process.exitCode === exitCodes.interrupted ? exitCodes.interrupted : exitCodes.usage;
  }
}

/** Programs throw bugs too: those need their stack; what is written for a person does not. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return `error: ${String(error)}`;
  const bug = ["TypeError", "ReferenceError", "RangeError", "SyntaxError"].includes(error.name);
  return `error: ${bug && error.stack !== undefined ? error.stack : error.message}`;
}

export { UsageError };
