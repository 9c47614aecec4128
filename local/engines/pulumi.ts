import { access, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { stringify } from "yaml";

import type { Layout } from "../layout.ts";

import type { Engine } from "./engine.ts";
import { openPulumi } from "./pulumi-cli.ts";
import type { PulumiCli } from "./pulumi-cli.ts";
import { localProject, localStack } from "./stack-file.ts";
import { releaseStaleLocks } from "./stale-locks.ts";

/** The real CLI on a self-managed file backend below the platform's folder. Provider plugins are fetched by the CLI. */
export const pulumiEngine: Engine = async ({ layout, stackFile, onProgress, signal }) => {
  const pulumi = await openPulumi(layout, { onProgress, signal });
  await createStack(pulumi, layout);
  await releaseStaleLocks(pulumi);
  // With a refresh, so that a start repairs what was deleted or changed by hand, as rehearsal does.
  const output = await pulumi.run(["up", ...stackArguments(stackFile), "--yes", "--skip-preview", "--refresh"]);
  return summary(output);
};

/** `+ 48 created`, or `~ 1 updated, 47 unchanged`: the CLI's last table on one line. */
function summary(output: string): string {
  const table = [...output.matchAll(/^Resources:\n((?: {4}.*\n?)+)/gm)].at(-1)?.[1] ?? "done";
  const lines = table.split("\n").map((line) => line.trim().replace(/^\d+ changes?\. /, ""));
  return lines.filter((line) => line !== "").join(", ");
}

/** What names the platform's stack in a command of the CLI. */
export function stackArguments(stackFile: string): readonly string[] {
  return ["--stack", localStack, "--config-file", stackFile];
}

/**
 * Makes the stack once. The CLI writes the salt of the stack's secrets into the stack file beside the project file of
 * the working directory: one of the platform's own, so that the project's `Pulumi.local.yaml` stays as it is in Git.
 */
async function createStack({ run, state }: PulumiCli, layout: Layout): Promise<void> {
  const checkpoint = join(state, ".pulumi", "stacks", localProject, `${localStack}.json`);
  if (
    await access(checkpoint).then(
      () => true,
      () => false,
    )
  )
    return;
  const projectFile = join(layout.directory, "Pulumi.yaml");
  await writeFile(projectFile, stringify({ name: localProject, runtime: "nodejs" }), { mode: 0o600 });
  await run(["stack", "init", localStack, "--no-select"], layout.directory);
}
