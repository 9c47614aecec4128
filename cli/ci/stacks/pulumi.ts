import { execa } from "execa";

/** How a run of the Pulumi CLI ended. */
export interface PulumiRun {
  /** By pkg/cmd/pulumi/cmd/exit_codes.go of pulumi/pulumi. */
  readonly exitCode: number;
  /** Both streams, without colour. */
  readonly output: string;
}

/** What `--expect-no-changes` ends with when there are some (ExitNoChanges in the same file). */
export const changesFound = 7;

/** What every preview and update has in common. The pack's levels differ by stack. */
export function policyArguments(stack: string): readonly string[] {
  return ["--policy-pack", "policies", "--policy-pack-config", `policies/config/${stack}.json`];
}

/**
 * Runs the CLI on PATH, shows what it prints as it comes, and keeps it.
 * @throws when there is no CLI
 */
export async function runPulumi(args: readonly string[], project: string): Promise<PulumiRun> {
  const run = await execa("pulumi", [...args, "--non-interactive", "--color", "never"], {
    cwd: project,
    env: { PULUMI_SKIP_UPDATE_CHECK: "true" },
    all: true,
    reject: false,
    stdin: "ignore",
    stdout: ["pipe", "inherit"],
    stderr: ["pipe", "inherit"],
  });
  if (run.exitCode === undefined) throw new Error(`pulumi could not be run: ${run.shortMessage}`);
  return { exitCode: run.exitCode, output: run.all };
}
