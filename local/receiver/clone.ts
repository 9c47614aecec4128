import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { git } from "../../cli/recovery/git.ts";
import { recordKeySetting } from "../../cli/recovery/record-key.ts";
import { repositoryUrl } from "../git/bare-repository.ts";
import type { Layout } from "../layout.ts";

import { receiverDirectory } from "./address.ts";
import { ensureRecordKey } from "./record-key.ts";

/**
 * Makes the receiver's own clone of the local Git host, anew at each start: a kill in the middle of a fetch leaves lock
 * files behind, and all that is worth keeping is on the host.
 */
export async function freshClone(layout: Layout): Promise<string> {
  const directory = join(receiverDirectory(layout), "clone.git");
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await git(directory, ["init", "--quiet", "--bare", "."]);
  await git(directory, ["remote", "add", "origin", repositoryUrl(layout)]);
  await git(directory, ["config", recordKeySetting, await ensureRecordKey(layout)]);
  return directory;
}
