import { appendFile } from "node:fs/promises";

import { execa } from "execa";
import { onExit } from "signal-exit";

import { goEnvironment } from "./go-environment.ts";

/** Milliseconds that Go and its compilers get to end by themselves. */
const graceMs = 5_000;

export interface RunGoOptions {
  /** The folder with go.mod. */
  readonly directory: string;
  /** Go's output is added to this file. */
  readonly log: string;
  /** For Go's working files, so that a killed build leaves none elsewhere. */
  readonly temporary: string;
  readonly signal: AbortSignal;
}

/**
 * Runs one `go` command and returns its exit code (undefined when a signal ended it).
 *
 * Go and the compilers it starts are a process group of their own: when `signal` fires, or this process ends, all of
 * them end. Throws the signal's reason then.
 */
export async function runGo(args: readonly string[], options: RunGoOptions): Promise<number | undefined> {
  options.signal.throwIfAborted();
  await appendFile(options.log, `$ go ${args.map((arg) => (arg.includes(" ") ? `"${arg}"` : arg)).join(" ")}\n`);
  const child = execa("go", args, {
    cwd: options.directory,
    env: { ...goEnvironment(), GOTMPDIR: options.temporary },
    stdin: "ignore",
    stdout: { file: options.log, append: true },
    stderr: { file: options.log, append: true },
    detached: true,
    reject: false,
  });
  const group = child.pid;
  let killTimer: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    killGroup(group, "SIGINT");
    killTimer = setTimeout(() => killGroup(group, "SIGKILL"), graceMs);
  };
  options.signal.addEventListener("abort", interrupt, { once: true });
  const forget = onExit(() => killGroup(group, "SIGKILL"));
  const result = await child;
  forget();
  clearTimeout(killTimer);
  options.signal.removeEventListener("abort", interrupt);
  options.signal.throwIfAborted();
  if (result.failed) await appendFile(options.log, `${result.shortMessage}\n`);
  return result.exitCode;
}

function killGroup(group: number | undefined, signal: NodeJS.Signals): void {
  if (group === undefined) return;
  try {
    process.kill(-group, signal);
  } catch {
    // It has already ended.
  }
}
