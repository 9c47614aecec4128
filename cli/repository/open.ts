import { resolve } from "node:path";

import { repositoryUrl } from "../../local/git/bare-repository.ts";
import { recordKeyOf } from "../../local/receiver/record-key.ts";
import { localLayout } from "../cluster/connect.ts";
import { UsageError } from "../errors.ts";
import { git, tryGit } from "../recovery/git.ts";
import type { Person, Workspace } from "../recovery/workspace.ts";

import type { RepositoryFlags } from "./flags.ts";

/** A clone, and the remote whose branches the environments follow. */
export interface Repository extends Workspace {
  readonly remote: string;
  /** Address of the remote. */
  readonly url: string;
}

/**
 * Finds the clone and its remote.
 * @throws UsageError when there is no clone, or no such remote, with those that there are
 */
export async function openRepository(flags: RepositoryFlags): Promise<Repository> {
  const repository = resolve(flags.directory);
  const inside = await tryGit(repository, ["rev-parse", "--git-dir"]).catch(() => ({ ok: false }));
  if (!inside.ok) throw new UsageError(`--directory "${repository}": no clone of a repository; give one`);
  if (flags.local !== undefined && flags.remote === undefined) {
    const url = repositoryUrl(localLayout(flags.local));
    return { repository, remote: url, url, ...keyOf(url) };
  }
  const remote = flags.remote ?? "origin";
  const url = await tryGit(repository, ["remote", "get-url", remote]);
  if (url.ok) return { repository, remote, url: url.stdout.trim(), ...keyOf(url.stdout.trim()) };
  const known = (await git(repository, ["remote"])).trim().split("\n").join(", ");
  throw new UsageError(`--remote "${remote}": "${repository}" has no such remote; it has: ${known || "none"}`);
}

/** Through the Git host of a local platform records are signed with its key, if the person has no own. */
function keyOf(url: string): Pick<Workspace, "recordKey"> {
  const recordKey = recordKeyOf(url);
  return recordKey === undefined ? {} : { recordKey };
}

/**
 * Who runs the command, as Git knows them: from the environment, else from its configuration.
 * @throws UsageError that says how to tell Git
 */
export async function personOf(repository: string): Promise<Person> {
  const setting = async (key: string): Promise<string> => {
    const result = await tryGit(repository, ["config", "--get", key]);
    return result.ok ? result.stdout.trim() : "";
  };
  const name = process.env["GIT_AUTHOR_NAME"] || (await setting("user.name"));
  const email = process.env["GIT_AUTHOR_EMAIL"] || (await setting("user.email"));
  if (name !== "" && email !== "") return { name, email };
  throw new UsageError('Git does not know who you are; set "git config user.name" and "git config user.email"');
}
