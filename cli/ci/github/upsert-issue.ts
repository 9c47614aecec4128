import type { GitHub } from "./client.ts";
import { isOurs, marker } from "./marker.ts";
import type { Upserted } from "./upsert-comment.ts";

export interface IssueText {
  readonly title: string;
  /** Markdown, without the marker. */
  readonly body: string;
  /** Logins. Who cannot be assigned in this repository is left out. */
  readonly assignees?: readonly string[];
}

/** Keeps one open issue with this name: opens it the first time, changes it afterwards. */
export async function upsertIssue(github: GitHub, name: string, issue: IssueText): Promise<Upserted> {
  const { api, repository } = github;
  const body = `${marker(name)}\n${issue.body}`;
  const open = await findOpen(github, name);
  if (open === undefined) {
    const assignees = await assignable(github, issue.assignees ?? []);
    await api.rest.issues.create({ ...repository, title: issue.title, body, assignees });
    return "created";
  }
  if (open.body === body && open.title === issue.title) return "unchanged";
  await api.rest.issues.update({ ...repository, issue_number: open.number, title: issue.title, body });
  return "updated";
}

/**
 * Closes the open issue with this name, with a last comment.
 * @returns whether there was one
 */
export async function closeIssue(github: GitHub, name: string, comment: string): Promise<boolean> {
  const { api, repository } = github;
  const open = await findOpen(github, name);
  if (open === undefined) return false;
  await api.rest.issues.createComment({ ...repository, issue_number: open.number, body: comment });
  await api.rest.issues.update({
    ...repository,
    issue_number: open.number,
    state: "closed",
    state_reason: "completed",
  });
  return true;
}

async function findOpen({ api, repository }: GitHub, name: string) {
  const mark = marker(name);
  const issues = await api.paginate(api.rest.issues.listForRepo, {
    ...repository,
    state: "open",
    creator: "github-actions[bot]",
    per_page: 100,
  });
  return issues.find((issue) => isOurs(issue, mark));
}

/** GitHub answers 204 for a login that can be assigned, 404 for another (REST reference, "Issue assignees"). */
async function assignable({ api, repository }: GitHub, logins: readonly string[]): Promise<string[]> {
  const possible: string[] = [];
  for (const assignee of logins) {
    const known = await api.rest.issues.checkUserCanBeAssigned({ ...repository, assignee }).catch((error: unknown) => {
      if ((error as { readonly status?: number }).status === 404) return undefined;
      throw error;
    });
    if (known !== undefined) possible.push(assignee);
  }
  return possible;
}
