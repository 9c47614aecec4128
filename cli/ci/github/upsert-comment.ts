import type { GitHub } from "./client.ts";
import { isOurs, marker } from "./marker.ts";

/** What became of a text: written anew, changed, or already as it should be. */
export type Upserted = "created" | "updated" | "unchanged";

/**
 * Keeps one comment on an issue or pull request: writes it the first time, changes it afterwards.
 * @param name tells it from other comments of this project
 * @param body Markdown, without the marker
 */
export async function upsertComment(github: GitHub, issue: number, name: string, body: string): Promise<Upserted> {
  const { api, repository } = github;
  const mark = marker(name);
  const text = `${mark}\n${body}`;
  const comments = await api.paginate(api.rest.issues.listComments, {
    ...repository,
    issue_number: issue,
    per_page: 100,
  });
  const ours = comments.find((comment) => isOurs(comment, mark));
  if (ours === undefined) {
    await api.rest.issues.createComment({ ...repository, issue_number: issue, body: text });
    return "created";
  }
  if (ours.body === text) return "unchanged";
  await api.rest.issues.updateComment({ ...repository, comment_id: ours.id, body: text });
  return "updated";
}
