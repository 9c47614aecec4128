import { Option } from "commander";
import type { Command } from "commander";

/** Which cluster a command asks, as commander gives it. */
export interface ClusterFlags {
  /** Default: KUBECONFIG, else ~/.kube/config. */
  readonly kubeconfig?: string;
  /** Of the kubeconfig. Default: its current one. */
  readonly context?: string;
  /** The platform of this machine; `true` for the project's own folder. */
  readonly local?: true | string;
}

/** Adds the options that every command has that asks a cluster. */
export function clusterOptions(command: Command): Command {
  return command
    .option("--kubeconfig <file>", "default: KUBECONFIG, else ~/.kube/config")
    .option("--context <name>", "of the kubeconfig. Default: its current one")
    .addOption(new Option("--local [directory]", "the platform of this machine").conflicts(["kubeconfig", "context"]));
}
