import { environmentNames } from "../../infra/environments.ts";
import { connectCluster } from "../cluster/connect.ts";
import type { HistoryFlags } from "../commands/history.ts";
import { exitCodes, UsageError } from "../errors.ts";
import { palette } from "../plan/output/palette.ts";
import { openRepository } from "../repository/open.ts";

import { readHistory } from "./read.ts";
import { historyTable } from "./table.ts";

/**
 * `gitops history`.
 * @returns the exit code
 * @throws UsageError for an application that is on no branch, or an error of Git
 */
export async function runHistory(application: string, flags: HistoryFlags): Promise<number> {
  const repository = await openRepository(flags);
  const cluster = flags.cluster ? () => connectCluster(flags) : undefined;
  const wanted = environmentNames.filter((name) => flags.env.length === 0 || flags.env.includes(name));
  const history = await readHistory(repository, cluster, { application, environments: wanted, limit: flags.limit });
  if (history.deployments.length === 0) {
    const why = history.warnings.length === 0 ? "" : ` (${history.warnings.join("; ")})`;
    throw new UsageError(
      `application "${application}": no commit on the branch of ${wanted.join(", ")} changes apps/${application}${why}`,
    );
  }
  const colours = palette(process.stdout.isTTY);
  console.log(flags.json ? JSON.stringify(history, null, 2) : historyTable(history, colours));
  return exitCodes.clean;
}
