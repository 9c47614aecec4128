import { resolve } from "node:path";

import type { Command } from "commander";

import { exitCodes } from "../errors.ts";

import { complete } from "./complete.ts";
import { scriptOf } from "./scripts.ts";
import type { ShellName } from "./shells.ts";

/** `gitops completion`: prints the script of a shell. */
export function runCompletion(shell: ShellName): number {
  process.stdout.write(scriptOf(shell, resolve(process.argv[1] ?? "gitops")));
  return exitCodes.clean;
}

/** `gitops complete`: prints what the last word may become. */
export function runComplete(program: Command, words: readonly string[]): number {
  for (const { value, description } of complete(program, words)) {
    console.log(description === "" ? value : `${value}\t${description}`);
  }
  return exitCodes.clean;
}
