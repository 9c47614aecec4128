import { gitIn } from "../git/git.ts";

import { slugOf } from "./slug.ts";

/** A branch of the local Git host that asks for a preview. */
export interface PreviewBranch {
  readonly branch: string;
  /** Head of the branch, all 40 digits. */
  readonly commit: string;
  /** When its last commit was made, in seconds since 1970. */
  readonly committed: number;
}

export interface Choice {
  /** Beginning of the branches' names, such as `preview/`. */
  readonly prefix: string;
  /** Seconds after its last commit for which a branch is previewed. */
  readonly lifetime: number;
  /** Previews at a time. */
  readonly maximum: number;
  /** Seconds since 1970. */
  readonly now: number;
}

/** What the templates of the ApplicationSets ask for: the same names as of a pull request. */
export interface PreviewParameters {
  readonly number: string;
  readonly branch: string;
  readonly head_sha: string;
}

/** The branches of a repository below a prefix. */
export async function readBranches(repository: string, prefix: string): Promise<readonly PreviewBranch[]> {
  const format = "--format=%(refname:strip=2)%00%(objectname)%00%(committerdate:unix)";
  const text = await gitIn(repository).raw(["for-each-ref", format, `refs/heads/${prefix}`]);
  return text.split("\n").flatMap((line) => {
    const [branch = "", commit = "", committed = ""] = line.split("\0");
    return branch === "" ? [] : [{ branch, commit, committed: Number(committed) }];
  });
}

/** Those that are previewed: none that nobody has worked on for its lifetime, and of the rest the latest. */
export function choosePreviews(branches: readonly PreviewBranch[], choice: Choice): readonly PreviewParameters[] {
  return branches
    .filter(({ branch }) => branch.startsWith(choice.prefix) && branch.length > choice.prefix.length)
    .filter(({ committed }) => choice.now - committed < choice.lifetime)
    .toSorted((one, other) => other.committed - one.committed || one.branch.localeCompare(other.branch))
    .slice(0, choice.maximum)
    .map(({ branch, commit }) => ({ number: slugOf(branch.slice(choice.prefix.length)), branch, head_sha: commit }));
}
