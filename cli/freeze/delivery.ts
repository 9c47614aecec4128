import type { FreezeFlags } from "../commands/freeze.ts";
import { tryGit } from "../recovery/git.ts";
import { deliveryOf, hostOfRemote } from "../repository/host.ts";
import { openRepository } from "../repository/open.ts";
import type { Repository } from "../repository/open.ts";
import type { PullRequests } from "../repository/pull-requests.ts";

type Flags = Pick<FreezeFlags, "push" | "pullRequest" | "host">;

/**
 * Whether a freeze becomes a pull request: where it is asked for, or the remote is on GitHub and no push is. Elsewhere it
 * is a commit in the checkout, from which the local platform is started, too.
 * @throws UsageError when there is no such remote, or the host refuses
 */
export async function deliveryFor(
  directory: string,
  flags: Flags,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly repository: Repository; readonly pullRequests: PullRequests } | undefined> {
  if (flags.push !== undefined) return undefined;
  const origin = await tryGit(directory, ["remote", "get-url", "origin"]);
  const host = flags.host ?? (origin.ok ? hostOfRemote(origin.stdout.trim(), environment) : "none");
  if (flags.pullRequest === undefined && host !== "github") return undefined;
  const repository = await openRepository({ directory });
  const pullRequests = await deliveryOf(repository, flags, environment);
  return pullRequests === undefined ? undefined : { repository, pullRequests };
}
