import { simpleGit } from "simple-git";
import type { SimpleGit } from "simple-git";

/**
 * The environment without what ties git to another repository: in a hook, or under `git bisect run`, GIT_DIR and its
 * kind would win over the directory. GIT_SSH and GIT_CONFIG_GLOBAL are the user's own and stay out as well: nothing
 * here leaves the machine.
 */
function cleanEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_") && !/EDITOR|PAGER/.test(name));
  return { ...(Object.fromEntries(kept) as Record<string, string>), LC_ALL: "C" };
}

/** Git in that directory, which must exist. */
export function gitIn(directory: string): SimpleGit {
  return simpleGit({ baseDir: directory, trimmed: true }).env(cleanEnvironment());
}

/** The commit that `name` points to, or undefined when there is none. */
export async function commitOf(git: SimpleGit, name: string): Promise<string | undefined> {
  // Without --quiet and with an error message, since simple-git takes a silent failure for an empty success.
  return git.raw(["rev-parse", "--verify", `${name}^{commit}`]).catch(() => undefined);
}

/** How many commits are reachable from `to` and not from `from`; 0 when `from` contains `to`. */
export async function commitsBetween(git: SimpleGit, from: string, to: string): Promise<number> {
  return Number(await git.raw(["rev-list", "--count", `${from}..${to}`]));
}
