import { commitOf, gitIn } from "./git.ts";

/** The user's working tree, as it is published. */
export interface Checkout {
  readonly directory: string;
  /** HEAD, detached or not. */
  readonly commit: string;
  /** Paths with changes that no commit has, untracked files included; these are not published. */
  readonly uncommitted: readonly string[];
}

/**
 * Looks at a checkout.
 *
 * @throws Error when `directory` is no Git working tree, or has no commit yet
 */
export async function readCheckout(directory: string): Promise<Checkout> {
  const git = gitIn(directory);
  const inside = await git.raw(["rev-parse", "--is-inside-work-tree"]).catch((error: unknown) => {
    const words = error instanceof Error ? error.message.trim() : String(error);
    throw new Error(
      `git: "${directory}" is not a Git checkout (${words}). The platform deploys commits: clone the project with git, ` +
        `or make a repository of it with "git init && git add . && git commit -m start"`,
    );
  });
  if (inside !== "true")
    throw new Error(`git: "${directory}" is inside a repository's own files; run this in a checkout`);
  const commit = await commitOf(git, "HEAD");
  if (commit === undefined) {
    throw new Error(`git: "${directory}" has no commit yet; make one with "git add . && git commit -m start"`);
  }
  const { files } = await git.status();
  return { directory, commit, uncommitted: files.map(({ path }) => path) };
}
