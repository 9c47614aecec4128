import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { codeBlock } from "../stacks/code-block.ts";
import { changesFound, policyArguments, runPulumi } from "../stacks/pulumi.ts";

/**
 * Looks whether the cloud still is what the stack's branch says, and writes a part of the report when it is not.
 * Changes nothing: `--refresh` of a preview only reads.
 * @param folder of the report; made if missing
 * @returns 0 with or without drift; the exit code of Pulumi when it could not tell
 */
export async function checkDrift(stack: string, folder: string, project: string): Promise<number> {
  const { exitCode, output } = await runPulumi(
    ["preview", "--stack", stack, "--expect-no-changes", "--refresh", "--diff", ...policyArguments(stack)],
    project,
  );
  await mkdir(folder, { recursive: true });
  if (exitCode === 0) {
    await writeFile(join(folder, `in-step-${stack}.md`), `${stack} is as declared.\n`);
    return 0;
  }
  if (exitCode !== changesFound) return exitCode;
  await writeFile(join(folder, `drift-${stack}.md`), `### ${stack}\n\n${codeBlock(output, "diff")}\n`);
  return 0;
}
