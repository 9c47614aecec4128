import { UsageError } from "../errors.ts";

import type { CommitStatus, CommitStatuses } from "./commit-statuses.ts";
import { connectTo } from "./github-place.ts";
import type { GitHubPlace } from "./github-place.ts";

/** GitHub refuses a longer one: "description is too long (maximum is 140 characters)" (tektoncd/experimental, #773). */
const longestDescription = 140;

/**
 * Statuses of commits on GitHub (GitHub REST reference, "Commit statuses": list for a reference, create).
 * @param token with the permission Commit statuses: write
 */
export function githubCommitStatuses(place: GitHubPlace, token: string): CommitStatuses {
  const { api, repository } = connectTo(place, token);
  const show = async ({ commit, context, state, url, ...rest }: CommitStatus): Promise<"shown" | "unchanged"> => {
    const description = shorten(rest.description);
    // Newest first, of all contexts.
    const { data } = await api.rest.repos.listCommitStatusesForRef({ ...repository, ref: commit, per_page: 100 });
    const before = data.find((one) => one.context === context);
    if (before?.state === state && before.description === description) return "unchanged";
    const fields = { sha: commit, context, state, description, ...(url === undefined ? {} : { target_url: url }) };
    await api.rest.repos.createCommitStatus({ ...repository, ...fields });
    return "shown";
  };
  return {
    show: async (status) => {
      try {
        return await show(status);
      } catch (error) {
        const words = error instanceof Error ? error.message : String(error);
        throw new UsageError(`GitHub refused the status "${status.context}" of ${status.commit}: ${words}`);
      }
    },
  };
}

function shorten(text: string): string {
  return text.length <= longestDescription ? text : `${text.slice(0, longestDescription - 3)}...`;
}
