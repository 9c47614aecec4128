import { join } from "node:path";

import { execa } from "execa";

import { projectDirectory } from "../../../local/layout.ts";
import { exitCodes } from "../../errors.ts";
import type { ActionResponse } from "../model.ts";

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
    message: messageOf(document, result.stderr, result.stdout),
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

/** The reason in the document, else what it said to people. */
function messageOf(document: unknown, stderr: string, stdout: string): string {
  const reason =
    document !== null && typeof document === "object" && "reason" in document ? document.reason : undefined;
  if (typeof reason === "string" && reason !== "") return reason;
  const said = stderr.trim().replace(/^error: /, "");
  return said !== "" ? said : document === null ? stdout.trim() : "";
}

const shellWord = (word: string): string =>
  /^[-\w./:=@+,]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
