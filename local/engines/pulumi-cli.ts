import { mkdir } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { execa } from "execa";

import { readOrCreateSecret } from "../argocd/accounts.ts";
import { projectDirectory } from "../layout.ts";
import type { Layout } from "../layout.ts";

import { findPulumi } from "./find-pulumi.ts";

export interface PulumiOptions {
  /** Each line that the CLI prints. */
  readonly onProgress: (line: string) => void;
  /** Asks the CLI to end what it has begun, write its checkpoint and stop. Default: never. */
  readonly signal?: AbortSignal | undefined;
}

/** The CLI with the state of one platform. */
export interface PulumiCli {
  /**
   * Runs a command to its end.
   * @param cwd default: the project
   * @returns what it printed on both streams
   * @throws an error with the diagnostics of the CLI
   */
  readonly run: (args: readonly string[], cwd?: string) => Promise<string>;
  /** The folder of the self-managed backend. */
  readonly state: string;
}

/** @throws when there is no CLI and it cannot be fetched */
export async function openPulumi(layout: Layout, { onProgress, signal }: PulumiOptions): Promise<PulumiCli> {
  const program = await findPulumi(onProgress);
  const state = join(layout.directory, "pulumi");
  await mkdir(state, { recursive: true, mode: 0o700 });
  const env = {
    // The language host stands beside a CLI that was unpacked, and need not be on PATH itself.
    PATH: [process.env["PATH"] ?? "", dirname(program)].join(delimiter),
    PULUMI_BACKEND_URL: pathToFileURL(state).href,
    PULUMI_CONFIG_PASSPHRASE: await readOrCreateSecret(join(layout.directory, "pulumi.passphrase")),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // As rehearsal applies: fields that the program sets are the program's, and what a killed start made before it
    // could write that down is taken over (documented at the same fields of `ProviderArgs` in @pulumi/kubernetes).
    PULUMI_K8S_ENABLE_PATCH_FORCE: "true",
    PULUMI_K8S_UPSERT_EXISTING_OBJECTS: "true",
  };
  const run = async (args: readonly string[], cwd = projectDirectory): Promise<string> => {
    signal?.throwIfAborted();
    const child = execa(program, [...args, "--non-interactive", "--color", "never"], {
      cwd,
      env,
      all: true,
      stdin: "ignore",
      reject: false,
      // A group of its own: Ctrl-C reaches the CLI once, from here. A second one would make it forget what it made.
      detached: true,
    });
    const cancel = (): void => void child.kill("SIGINT");
    signal?.addEventListener("abort", cancel);
    try {
      for await (const line of child.iterable({ from: "all" })) onProgress(line);
    } finally {
      signal?.removeEventListener("abort", cancel);
    }
    const { failed, all } = await child;
    signal?.throwIfAborted();
    if (failed) throw new Error(`engine "pulumi": \`pulumi ${args.join(" ")}\` failed\n${diagnostics(all)}`);
    return all;
  };
  return { run, state };
}

/** The part of the output that says what went wrong; all of it where there is no such part. */
function diagnostics(output: string): string {
  return (output.match(/^Diagnostics:[\s\S]*/m)?.[0] ?? output).trim();
}
