import { git, tryGit } from "./git.ts";
import type { OwnPaths } from "./own-paths.ts";
import { parseTrailers } from "./trailers.ts";
import type { Trailers } from "./trailers.ts";

/** A commit on an environment's branch. */
export interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly time: Date;
  readonly subject: string;
  readonly author: string;
  readonly trailers: Trailers;
}

const format = ["%H", "%P", "%ct", "%s", "%an", "%(trailers:only,unfold)"].join("%x1f") + "%x1e";

/** How far back the platform looks for its own commits. */
const depth = 1000;

/**
 * Commits of a branch, newest first. Merges count as one commit on the branch that they were merged into
 * (`--first-parent`): that is how a change arrived there.
 * @param range as git-log(1) takes it, such as `a..b`
 * @param folder only commits that changed something there
 */
export async function commits(repository: string, range: string, folder?: string): Promise<readonly Commit[]> {
  const args = ["log", "--first-parent", `--max-count=${depth}`, `--format=${format}`, range, "--"];
  const text = await git(repository, folder === undefined ? args : [...args, `:(top,literal)${folder}`]);
  return text.split("\u001e").flatMap((record) => {
    const [id = "", parents = "", time = "", subject = "", author = "", trailers = ""] = record.trim().split("\u001f");
    if (id === "") return [];
    return [
      {
        id,
        parents: parents.split(" ").filter((parent) => parent !== ""),
        time: new Date(Number(time) * 1000),
        subject,
        author,
        trailers: parseTrailers(trailers),
      },
    ];
  });
}

/** Files that differ between two commits, from the root of the repository. */
export async function changedFiles(repository: string, from: string, to: string): Promise<readonly string[]> {
  const text = await git(repository, ["diff-tree", "-r", "-z", "--no-renames", "--name-only", from, to]);
  return text.split("\0").filter((file) => file !== "");
}

/** Whether a commit is there and `descendant` has it in its history. */
export async function isAncestor(repository: string, commit: string, descendant: string): Promise<boolean> {
  return (await tryGit(repository, ["merge-base", "--is-ancestor", commit, descendant])).ok;
}

/**
 * Commits of a range that changed the application's own files, newest first.
 * @param limit stops after so many. Default: all of them
 */
export async function ownCommits(
  repository: string,
  range: string,
  own: OwnPaths,
  limit = Infinity,
): Promise<readonly Commit[]> {
  const touching: Commit[] = [];
  for (const commit of await commits(repository, range, own.root)) {
    if (touching.length >= limit) break;
    const [parent] = commit.parents;
    // The first of all commits has everything for new; so has the last one that a shallow clone knows.
    const files = parent === undefined ? undefined : await changedFiles(repository, parent, commit.id);
    if (files === undefined || files.some(own.owns)) touching.push(commit);
  }
  return touching;
}
