import { join } from "node:path";

import { execa } from "execa";

import { projectDirectory } from "../../../local/layout.ts";
import { exitCodes } from "../../errors.ts";
import type { ActionResponse } from "../model.ts";

import { messageOf } from "./message.ts";

/** How a command ended. */
export type CommandResult = Pick<ActionResponse, "command" | "outcome" | "exitCode" | "message" | "document">;

/**
 * Runs `gitops` as a person would, in a process of its own: its output, its signals and its exit code are what they are in
 * a terminal, and nothing that the page sends reaches the server's memory.
 */
export async function runCommand(words: readonly string[], signal: AbortSignal): Promise<CommandResult> {
  const launcher = join(projectDirectory, "cli", "bin", "gitops.mjs");
  const result = await execa(process.execPath, [launcher, ...words, "--json"], {
    reject: false,
    stdin: "ignore",
    cancelSignal: signal,
  });
  // Undefined: ended by a signal.
  const exitCode = result.exitCode ?? exitCodes.interrupted;
  const document = parse(result.stdout);
  return {
    command: ["gitops", ...words].map(shellWord).join(" "),
    outcome: exitCode === exitCodes.clean ? "done" : exitCode === exitCodes.violation ? "refused" : "failed",
    exitCode,
    message: messageOf({ document, stdout: result.stdout, stderr: result.stderr }),
    document,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const shellWord = (word: string): string =>
  /^[-\w./:=@+,]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
