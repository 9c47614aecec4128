import type { Layout } from "../layout.ts";

import { repositoryUrl } from "./bare-repository.ts";
import { gitIn } from "./git.ts";

/** The name of the remote in the user's checkout. */
export const remoteName = "local";

async function remoteUrl(checkout: string): Promise<string | undefined> {
  const remotes = await gitIn(checkout).getRemotes(true);
  return remotes.find(({ name }) => name === remoteName)?.refs.fetch;
}

/** @throws Error when the checkout has a remote of that name which points elsewhere; it is never overwritten. */
export async function checkRemote(layout: Layout, checkout: string): Promise<void> {
  const [found, wanted] = [await remoteUrl(checkout), repositoryUrl(layout)];
  if (found !== undefined && found !== wanted) {
    throw new Error(
      `git: remote "${remoteName}" of "${checkout}" points to "${found}", but the local platform is "${wanted}". ` +
        `Rename yours ("git remote rename ${remoteName} other"), or if it is an old platform ` +
        `remove it ("git remote remove ${remoteName}")`,
    );
  }
}

/** Adds the remote, so that `git push local HEAD:develop` deploys. Idempotent. */
export async function addRemote(layout: Layout, checkout: string): Promise<void> {
  await checkRemote(layout, checkout);
  if ((await remoteUrl(checkout)) === undefined) await gitIn(checkout).addRemote(remoteName, repositoryUrl(layout));
}

/** Removes the remote if it is this platform's; another one, or none, or no checkout, is left as it is. */
export async function removeRemote(layout: Layout, checkout: string): Promise<void> {
  const found = await remoteUrl(checkout).catch(() => undefined);
  if (found === repositoryUrl(layout)) await gitIn(checkout).removeRemote(remoteName);
}
