import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { codeBlock } from "./code-block.ts";
import { policyArguments, runPulumi } from "./pulumi.ts";

/**
 * Previews a stack against the cloud with the policy pack and writes the difference as a part of the report.
 * Secrets are `[secret]` in what Pulumi prints.
 * @param folder of the report; made if missing
 * @returns the exit code of Pulumi
 */
export async function previewStack(stack: string, folder: string, project: string): Promise<number> {
  const args = ["preview", "--stack", stack, "--diff", ...policyArguments(stack)];
  const { exitCode, output } = await runPulumi(args, project);
  const verdict = exitCode === 0 ? "succeeded" : `failed with exit code ${exitCode}`;
  await mkdir(folder, { recursive: true });
  const markdown = `### Preview of ${stack} ${verdict}\n\n${codeBlock(output, "diff")}\n`;
  await writeFile(join(folder, `preview-${stack}.md`), markdown);
  return exitCode;
}
