import type { GitHub } from "../github/client.ts";

import type { FinishedRun } from "./finished-run.ts";

/**
 * The open pull request whose newest commit a run judged. `workflow_run.pull_requests` is empty for forks, and a number
 * that the run wrote down would be the fork's to choose; so it is found by branch and commit.
 * @returns `undefined` when it is closed or has newer commits, whose own run will speak
 */
export async function findPullRequest(github: GitHub, run: FinishedRun): Promise<number | undefined> {
  const { api, repository } = github;
  const head = `${run.head_repository.owner.login}:${run.head_branch}`;
  const candidates = await api.paginate(api.rest.pulls.list, { ...repository, state: "open", head, per_page: 100 });
  return candidates.find((candidate) => {
    return candidate.head.sha === run.head_sha && candidate.head.repo?.full_name === run.head_repository.full_name;
  })?.number;
}
