import type { Environment } from "../environment.ts";
import { connect } from "../github/client.ts";
import { findPullRequest } from "../pull-request/find-pull-request.ts";
import { readFinishedRun } from "../pull-request/finished-run.ts";

import { endPreview } from "./end-preview.ts";
import { readPreviewSettings } from "./settings.ts";

/**
 * Ends the preview of a fork's pull request when somebody pushed to it: the label was for the commits that a maintainer
 * had seen. Pull requests of the repository itself keep it, since who pushes there could add it.
 * @returns what was done, for the log
 */
export async function reviewAgain(project: string, stack: string, environment: Environment): Promise<string> {
  const { label } = readPreviewSettings(project, stack);
  const github = connect(environment);
  const run = await readFinishedRun(environment);
  const { owner, repo } = github.repository;
  if (run.head_repository.full_name === `${owner}/${repo}`) return "a branch of this repository: the label stays";
  const number = await findPullRequest(github, run);
  if (number === undefined) return `no open pull request is at ${run.head_sha}`;
  const { data } = await github.api.rest.pulls.get({ owner, repo, pull_number: number });
  if (!data.labels.some(({ name }) => name === label)) return `#${number} has no preview`;
  const reason = `There are new commits from a fork, so the preview is over. A maintainer who has read them may add \`${label}\` again.`;
  await endPreview(github, number, label, reason);
  return `ended the preview of #${number}: new commits from ${run.head_repository.full_name}`;
}
