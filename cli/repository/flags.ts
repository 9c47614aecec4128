import { Option } from "commander";
import type { Command } from "commander";

import type { ClusterFlags } from "../cluster/flags.ts";

import { hostNames } from "./host-names.ts";
import type { HostName } from "./host-names.ts";

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

/** How a change gets to a branch, as commander gives it. */
export interface DeliveryFlags {
  /** Default: what the address of the remote says. */
  readonly host?: HostName;
  /** Demands a pull request. */
  readonly pullRequest?: true;
  /** Pushes to the branch itself, also where the host has pull requests. */
  readonly push?: true | string;
}

/** Adds the options by which a person chooses between a pull request and a push. */
export function deliveryOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--pull-request", "open a pull request. The default where the host has them").conflicts("push"),
    )
    .option("--push", "commit to the branch itself and push, never forced. The default elsewhere")
    .addOption(hostOption());
}

/** Names the host where the address of the remote does not tell. */
export const hostOption = (): Option =>
  new Option("--host <name>", "of the repository. Default: what the address of the remote says").choices(hostNames);
