import { UsageError } from "../errors.ts";

import { connectTo } from "./github-place.ts";
import type { GitHubPlace } from "./github-place.ts";
import type { Proposal, PullRequest, PullRequests } from "./pull-requests.ts";

/**
 * Pull requests on GitHub (GitHub REST reference, "Pull requests": list, create, update).
 * @param token with the permission Pull requests: write
 */
export function githubPullRequests(place: GitHubPlace, token: string): PullRequests {
  const { api, repository } = connectTo(place, token);
  const propose = async ({ head, base, title, body }: Proposal): Promise<PullRequest> => {
    // `head` filters only as owner:branch; a branch alone is ignored, and everything is listed.
    const filter = { state: "open", head: `${repository.owner}:${head}`, base } as const;
    const { data } = await api.rest.pulls.list({ ...repository, ...filter });
    const [open] = data;
    if (open === undefined) {
      const created = await api.rest.pulls.create({ ...repository, head, base, title, body });
      return { number: created.data.number, url: created.data.html_url, outcome: "created" };
    }
    const pull = { number: open.number, url: open.html_url };
    if (open.title === title && open.body === body) return { ...pull, outcome: "unchanged" };
    await api.rest.pulls.update({ ...repository, pull_number: open.number, title, body });
    return { ...pull, outcome: "updated" };
  };
  return {
    propose: async (proposal) => {
      try {
        return await propose(proposal);
      } catch (error) {
        const words = error instanceof Error ? error.message : String(error);
        throw new UsageError(`GitHub refused the pull request from "${proposal.head}" to "${proposal.base}": ${words}`);
      }
    },
  };
}
