import { localLayout } from "../cluster/connect.ts";
import type { DashboardFlags } from "../commands/dashboard.ts";
import { UsageError } from "../errors.ts";
import type { Person } from "../recovery/workspace.ts";
import { openRepository, personOf } from "../repository/open.ts";
import type { Repository } from "../repository/open.ts";

/** The clone that history is told from, and who works in it. */
export interface Clone {
  readonly repository: Repository;
  /** Null when Git does not know. */
  readonly person: Person | null;
}

/**
 * Finds the clone. Where nobody named one and none is here, the page does without.
 * @throws UsageError for one that was named, or is needed by actions
 */
export async function findClone(flags: DashboardFlags): Promise<Clone | undefined> {
  try {
    const repository = await openRepository(flags);
    const person = await personOf(repository.repository).catch(() => null);
    return { repository, person };
  } catch (error) {
    const needed = flags.directory !== "." || flags.remote !== undefined || flags.allowActions;
    if (needed || !(error instanceof UsageError)) throw error;
    console.error(`warning: no history and no diffs: ${error.message}`);
    return undefined;
  }
}

/** What the page calls the cluster. */
export async function nameOfCluster({ local, behindProxy, kubeconfig, context }: DashboardFlags): Promise<string> {
  if (local !== undefined) return `local platform ${localLayout(local).directory}`;
  if (behindProxy !== undefined) return behindProxy;
  const { userConfig } = await import("../approve/cluster.ts");
  return userConfig(kubeconfig, context).getCurrentContext();
}

/** The options of a command that asks the same cluster. */
export function commandOptions({ local, kubeconfig, context }: DashboardFlags): string {
  const words = [
    local === undefined ? [] : local === true ? ["--local"] : ["--local", local],
    kubeconfig === undefined ? [] : ["--kubeconfig", kubeconfig],
    context === undefined ? [] : ["--context", context],
  ];
  return words.flat().join(" ");
}
