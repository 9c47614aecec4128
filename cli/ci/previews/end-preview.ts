import type { GitHub } from "../github/client.ts";
import { upsertComment } from "../github/upsert-comment.ts";

/** Takes the label off a pull request, which ends its preview, and says there why. One that is gone already is fine. */
export async function endPreview(github: GitHub, number: number, label: string, reason: string): Promise<void> {
  const { api, repository } = github;
  try {
    await api.rest.issues.removeLabel({ ...repository, issue_number: number, name: label });
  } catch (error) {
    if ((error as { readonly status?: number }).status !== 404) throw error;
  }
  await upsertComment(github, number, "preview", reason);
}
