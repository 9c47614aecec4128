import type { Environment } from "../environment.ts";
import { connect } from "../github/client.ts";
import { upsertComment } from "../github/upsert-comment.ts";
import { compose } from "../report/compose.ts";
import { readParts } from "../report/read-parts.ts";

import { findPullRequest } from "./find-pull-request.ts";
import { readFinishedRun } from "./finished-run.ts";

/**
 * Writes what a finished run found on its pull request, in one comment.
 * @param folder with the parts of the report
 * @returns what was done, for the log
 */
export async function commentReport(folder: string, environment: Environment): Promise<string> {
  const github = connect(environment);
  const run = await readFinishedRun(environment);
  const pullRequest = await findPullRequest(github, run);
  if (pullRequest === undefined) return `no open pull request is at ${run.head_sha}: nothing to say`;
  const { api, repository } = github;
  const jobs = await api.paginate(api.rest.actions.listJobsForWorkflowRun, {
    ...repository,
    run_id: run.id,
    filter: "latest",
    per_page: 100,
  });
  const body = compose({
    commit: run.head_sha,
    run: run.html_url,
    fork: run.head_repository.full_name !== `${repository.owner}/${repository.repo}`,
    jobs: jobs.map(({ name, conclusion, html_url }) => ({
      name,
      conclusion: conclusion ?? "unfinished",
      url: html_url ?? run.html_url,
    })),
    parts: await readParts(folder),
  });
  return `comment on #${pullRequest}: ${await upsertComment(github, pullRequest, "report", body)}`;
}
