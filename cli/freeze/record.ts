import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { freezesFile } from "../../infra/calendar/read-freezes.ts";
import { UsageError } from "../errors.ts";
import { git } from "../plan/git.ts";
import type { Person } from "../recovery/workspace.ts";

/** Where a change of the file went. */
export interface Recorded {
  readonly commit: string;
  /** Null where no branch is checked out. */
  readonly branch: string | null;
  readonly pushed: boolean;
}

/**
 * Refuses what would make a commit of more than the freeze, or push it where it freezes nothing.
 * @param base the branch that the program of the environment is deployed from
 * @throws UsageError when the file has changes that are not committed, or another branch, or none, is to be pushed
 */
export async function checkRecordable(directory: string, push: string | undefined, base: string): Promise<void> {
  const changes = await git(directory, ["status", "--porcelain", "--", freezesFile]);
  if (changes !== "") throw new UsageError(`"${freezesFile}": has changes that are not committed; commit or undo them`);
  if (push === undefined) return;
  const branch = await branchOf(directory);
  if (branch === base) return;
  throw new UsageError(
    `--push "${push}": ${branch === null ? "no branch" : `branch "${branch}"`} is checked out, and the environment is ` +
      `deployed from "${base}"; git switch ${base}, give --branch, or open a pull request (--pull-request)`,
  );
}

/**
 * Writes the file and commits it alone, whatever else is changed or staged.
 * @param push name of the remote, or undefined
 * @throws UsageError with git's words; the commit stays when only its push fails
 */
export async function record(
  directory: string,
  change: { readonly text: string; readonly message: string; readonly person: Person },
  push: string | undefined,
): Promise<Recorded> {
  const { text, message, person } = change;
  await writeFile(join(directory, freezesFile), text);
  await git(directory, ["add", "--", freezesFile]);
  const identity = ["-c", `user.name=${person.name}`, "-c", `user.email=${person.email}`];
  await git(directory, [...identity, "commit", "--quiet", "--message", message, "--", freezesFile]);
  const commit = await git(directory, ["rev-parse", "HEAD"]);
  const branch = await branchOf(directory);
  if (push === undefined || branch === null) return { commit, branch, pushed: false };
  await git(directory, ["push", "--quiet", push, `HEAD:refs/heads/${branch}`]);
  return { commit, branch, pushed: true };
}

async function branchOf(directory: string): Promise<string | null> {
  const name = await git(directory, ["branch", "--show-current"]);
  return name === "" ? null : name;
}
