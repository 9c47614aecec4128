import { policyArguments, runPulumi } from "./pulumi.ts";

/**
 * Brings a stack to what its branch says. The policy pack judges again, with what only the engine knows; a mandatory
 * violation stops it before anything changes.
 * @param commit becomes the message of the update
 * @returns the exit code of Pulumi
 */
export async function deployStack(stack: string, commit: string, project: string): Promise<number> {
  const args = ["up", "--stack", stack, "--yes", "--diff", "--message", `deploy ${commit}`, ...policyArguments(stack)];
  return (await runPulumi(args, project)).exitCode;
}
