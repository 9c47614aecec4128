import type { Command } from "commander";

import type { ClusterFlags } from "../cluster/flags.ts";

/** Which repository a command works in, as commander gives it. */
export interface RepositoryFlags extends Pick<ClusterFlags, "local"> {
  /** A clone, bare or not. */
  readonly directory: string;
  /** Default: `origin`; with `--local` the Git host of the platform. */
  readonly remote?: string;
}

/** Adds the options that every command has that reads or changes the branches of a remote. */
export function repositoryOptions(command: Command): Command {
  return command
    .option("--directory <path>", "a clone of the repository; what is checked out there stays as it is", ".")
    .option("--remote <name>", "of the clone. Default: origin; with --local the platform's own Git host");
}
