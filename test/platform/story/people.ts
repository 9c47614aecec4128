import { execa } from "execa";

import { overlayFile } from "../../../demo/git/overlay.ts";
import { withArguments } from "../../../demo/release.ts";
import type { Checkout } from "../support/checkout.ts";
import type { Person } from "../support/platform.ts";

/** Writes the changes. */
export const ada: Person = { name: "Ada Author", email: "ada@example.com" };
/** Approves what others wrote. */
export const grace: Person = { name: "Grace Approver", email: "grace@example.com" };

export const tag = "6.14.2";

async function git(checkout: Checkout, person: Person, ...args: readonly string[]): Promise<string> {
  const { name, email } = person;
  const env = {
    GITOPS_PUSH_WAIT: "0",
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
  return (await execa("git", args, { cwd: checkout.directory, env })).stdout;
}

/** A release on a feature branch, which is pushed and merged into develop as a pull request is. @returns the merge */
export async function mergeFeature(checkout: Checkout, application: string): Promise<string> {
  await git(checkout, ada, "fetch", "--quiet", "local");
  await git(checkout, ada, "checkout", "--quiet", "-b", "feature/new-version", "local/develop");
  await git(checkout, ada, "config", "user.name", ada.name);
  await git(checkout, ada, "config", "user.email", ada.email);
  await checkout.setTag(application, "dev", tag);
  await git(checkout, ada, "push", "--quiet", "local", "HEAD:feature/new-version");
  await git(checkout, ada, "checkout", "--quiet", "-B", "develop", "local/develop");
  await git(checkout, ada, "merge", "--quiet", "--no-ff", "--message", "Merge a new version", "feature/new-version");
  await git(checkout, ada, "push", "--quiet", "local", "HEAD:develop");
  return checkout.head();
}

/** A release in prod whose pods answer with errors. @returns the commit */
export async function pushErrors(checkout: Checkout, application: string): Promise<string> {
  await git(checkout, ada, "fetch", "--quiet", "local");
  await git(checkout, ada, "checkout", "--quiet", "--detach", "local/main");
  const file = overlayFile({ namespace: "prod", name: application });
  const commit = await checkout.change(file, (document) => withArguments(document, "--random-error"), "Answer faster");
  await git(checkout, ada, "push", "--quiet", "local", "HEAD:main");
  return commit;
}
