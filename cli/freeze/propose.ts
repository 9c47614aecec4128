import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { freezesFile } from "../../infra/calendar/read-freezes.ts";
import { git as plainGit } from "../plan/git.ts";
import { nothing } from "../recovery/decision.ts";
import { git } from "../recovery/git.ts";
import { trailerNames } from "../recovery/trailers.ts";
import type { Person } from "../recovery/workspace.ts";
import type { Repository } from "../repository/open.ts";
import type { PullRequests } from "../repository/pull-requests.ts";
import { pushProposal } from "../repository/push-proposal.ts";

import { openFreezes } from "./file.ts";
import type { FreezeFile } from "./file.ts";
import type { FreezePlan } from "./plan.ts";
import type { FreezeReport } from "./report.ts";

/** Where a freeze is proposed. */
export interface Proposed {
  readonly repository: Repository;
  /** Root of the project in the user's checkout, which stays as it is. */
  readonly directory: string;
  readonly pullRequests: PullRequests;
  readonly person: Person;
  /** The branch that the program of the environment is deployed from. */
  readonly base: string;
  /** The command's own branch: the same for the same environment and applications. */
  readonly head: string;
  readonly dryRun: boolean;
  readonly now: Date;
}

/**
 * Opens a pull request with the change, or brings the open one up to date. Decided on what the base has now, whatever is
 * checked out.
 * @throws UsageError as the plan does, or with the words of the host
 */
export async function propose(
  { repository, directory, pullRequests, person, base, head, dryRun, now }: Proposed,
  plan: (file: FreezeFile) => FreezePlan,
): Promise<FreezeReport> {
  const inside = await plainGit(directory, ["rev-parse", "--show-prefix"]);
  let found: FreezePlan | undefined;
  const workspace = { ...repository, author: person, ...(dryRun ? { preview: () => undefined } : {}) };
  const branches = { head, base, mark: trailerNames.frozenEnvironment };
  const decision = await pushProposal(workspace, branches, () =>
    Promise.resolve({
      apply: async (tree) => {
        const project = join(tree, inside);
        found = plan(openFreezes(project, now));
        const { change, report } = found;
        if (change === undefined) return nothing(report.reason ?? "");
        await writeFile(join(project, freezesFile), change.text);
        await git(project, ["add", "--", freezesFile]);
        return { message: change.message, decision: { action: "proposed", reason: "", needsPerson: false } };
      },
    }),
  );
  if (found === undefined) throw new Error("a proposal was not planned");
  const { report, change } = found;
  if (decision.action === "refused") return { ...report, outcome: "refused", reason: decision.reason };
  if (change === undefined) return report;
  if (dryRun) return { ...report, outcome: "dry-run", branch: base };
  const [title = "", ...body] = change.message.split("\n");
  const pullRequest = await pullRequests.propose({ head, base, title, body: body.join("\n").trim() });
  const made = decision.commit === undefined ? {} : { commit: decision.commit };
  return { ...report, outcome: "proposed", ...made, branch: head, pushed: true, pullRequest };
}
