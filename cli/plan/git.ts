import { execa } from "execa";

import { UsageError } from "../errors.ts";

/**
 * Runs git in a folder. Variables such as GIT_DIR and GIT_INDEX_FILE, which git sets for its hooks, are left out: they
 * would win over the folder, and a worktree would be written into the user's own index.
 * @throws UsageError with git's words
 */
export async function git(directory: string, args: readonly string[], signal?: AbortSignal): Promise<string> {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  const result = await execa("git", args, {
    cwd: directory,
    env: Object.fromEntries(kept),
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  signal?.throwIfAborted();
  if (!result.failed) return result.stdout.trim();
  throw new UsageError(`git ${args[0]}: ${result.stderr.trim() || result.shortMessage}`);
}
