import { mkdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

import { execa } from "execa";
import which from "which";

import { readOrCreateSecret } from "../argocd/accounts.ts";
import { projectDirectory } from "../layout.ts";

import type { Engine, EngineContext } from "./engine.ts";
import { localStack } from "./stack-file.ts";

/**
 * The real CLI on a self-managed file backend below the platform's folder.
 *
 * It is looked for on PATH first, then among the project's development dependencies, whose `pulumi` fetches the CLI
 * the first time it runs. Provider plugins are fetched by the CLI.
 */
export const pulumiEngine: Engine = async (context) => {
  const run = await pulumi(context);
  await run(["stack", "select", "--create", localStack], "select the stack");
  const output = await run(["up", "--yes", "--skip-preview", "--non-interactive", "--color", "never"], "up");
  return output.match(/Resources:[\s\S]*?(?=\n\n|$)/)?.[0].replace(/\s+/g, " ") ?? "up is done";
};

type Run = (args: readonly string[], what: string) => Promise<string>;

async function pulumi({ layout, stackFile, onProgress, signal }: EngineContext): Promise<Run> {
  const path = [process.env["PATH"] ?? "", join(projectDirectory, "node_modules", ".bin")].join(delimiter);
  const program = await which("pulumi", { path, nothrow: true });
  if (program === null) {
    throw new Error('engine "pulumi": there is no pulumi on PATH; run `npm ci`, or start with --engine rehearsal');
  }
  const state = join(layout.directory, "pulumi");
  await mkdir(state, { recursive: true, mode: 0o700 });
  const env = {
    PULUMI_BACKEND_URL: pathToFileURL(state).href,
    PULUMI_CONFIG_PASSPHRASE: await readOrCreateSecret(join(layout.directory, "pulumi.passphrase")),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    KUBECONFIG: layout.kubeconfig,
  };
  return async (args, what) => {
    const child = execa(program, [...args, "--config-file", stackFile], {
      cwd: projectDirectory,
      env,
      all: true,
      cancelSignal: signal,
      // Lets the CLI write its checkpoint: nothing that it made is forgotten.
      gracefulCancel: false,
      forceKillAfterDelay: 60_000,
      reject: false,
    });
    for await (const line of child.iterable({ from: "all" })) onProgress(line);
    const { failed, all } = await child;
    signal.throwIfAborted();
    if (failed) throw new Error(`engine "pulumi" could not ${what}:\n${all}`);
    return all;
  };
}
