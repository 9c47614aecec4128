import { UsageError } from "../errors.ts";

import type { CommitStatuses } from "./commit-statuses.ts";
import type { DeliveryFlags } from "./flags.ts";
import type { GitHubPlace } from "./github-place.ts";
import { hostNames } from "./host-names.ts";
import type { HostName } from "./host-names.ts";
import type { Repository } from "./open.ts";
import type { PullRequests } from "./pull-requests.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where a change is to go: pull requests, or undefined for a push to the branch itself.
 * @throws UsageError as `pullRequestsOf`, and when a pull request is demanded where there are none
 */
export async function deliveryOf(
  repository: Pick<Repository, "url">,
  { host, pullRequest, push }: DeliveryFlags,
  environment: Environment,
): Promise<PullRequests | undefined> {
  if (push !== undefined) return undefined;
  const found = await pullRequestsOf(repository, host, environment);
  if (found !== undefined || pullRequest === undefined) return found;
  throw new UsageError(`--pull-request: "${repository.url}" is plain Git, without them; give --push or --host github`);
}

/**
 * The pull requests of the remote's host; undefined for plain Git.
 * @param asked what the user says. Default: what the address of the remote says
 * @param environment GITHUB_TOKEN or GH_TOKEN; GITHUB_REPOSITORY where the address does not tell owner and name;
 *   GITHUB_API_URL and GITHUB_SERVER_URL for a server of one's own (github/docs, "Variables reference")
 * @throws UsageError when the host cannot be told, or its token is missing
 */
export async function pullRequestsOf(
  { url }: Pick<Repository, "url">,
  asked: HostName | undefined,
  environment: Environment,
): Promise<PullRequests | undefined> {
  const found = githubOf(url, asked, environment, "Pull requests: write");
  if (found === undefined) return undefined;
  // Loaded here: the client takes a while, and plain Git needs none.
  const { githubPullRequests } = await import("./github.ts");
  return githubPullRequests(found.place, found.token);
}

/** The commit statuses of the remote's host; otherwise as `pullRequestsOf`. */
export async function commitStatusesOf(
  { url }: Pick<Repository, "url">,
  asked: HostName | undefined,
  environment: Environment,
): Promise<CommitStatuses | undefined> {
  const found = githubOf(url, asked, environment, "Commit statuses: write");
  if (found === undefined) return undefined;
  const { githubCommitStatuses } = await import("./github-statuses.ts");
  return githubCommitStatuses(found.place, found.token);
}

/** @param permission that the token needs, for a person who has none */
function githubOf(
  url: string,
  asked: HostName | undefined,
  environment: Environment,
  permission: string,
): { readonly place: GitHubPlace; readonly token: string } | undefined {
  const host = asked ?? hostOfRemote(url, environment);
  if (host === undefined) {
    throw new UsageError(`the host of "${url}" is not known; give --host ${hostNames.join(" or --host ")}`);
  }
  if (host === "none") return undefined;
  const token = environment["GITHUB_TOKEN"] || environment["GH_TOKEN"];
  if (!token) throw new UsageError(`GITHUB_TOKEN is not set; it needs the permission ${permission}`);
  return { place: placeOf(parseRemote(url), url, environment), token };
}

/** What the address of a remote says; undefined for a server that is not known. */
export function hostOfRemote(url: string, environment: Environment): HostName | undefined {
  const address = parseRemote(url);
  if (address === undefined) return "none";
  const servers = ["github.com", hostOf(environment["GITHUB_SERVER_URL"])];
  return servers.includes(address.host) ? "github" : undefined;
}

interface Address {
  readonly host: string;
  /** Without ".git". */
  readonly path: string;
}

function placeOf(address: Address | undefined, url: string, environment: Environment): GitHubPlace {
  const repository = address?.path ?? environment["GITHUB_REPOSITORY"];
  if (repository === undefined || !/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw new UsageError(`"${url}" does not tell owner and name on GitHub; set GITHUB_REPOSITORY, such as owner/name`);
  }
  const own = address === undefined || address.host === "github.com" ? undefined : `https://${address.host}/api/v3`;
  return { repository, api: environment["GITHUB_API_URL"] || own };
}

/** An address as git-clone(1) takes it: a URL, or host:path; undefined for a folder of this machine. */
function parseRemote(url: string): Address | undefined {
  const clean = (path: string): string => path.replace(/^\/+/, "").replace(/(\.git)?\/*$/, "");
  if (/^(https?|ssh|git):\/\//.test(url)) {
    const { hostname, pathname } = new URL(url);
    return { host: hostname, path: clean(pathname) };
  }
  const [, host, path] = /^(?:[^@/\s]+@)?([^:/\s]{2,}):(?!\/\/)(.+)$/.exec(url) ?? [];
  return host === undefined || path === undefined ? undefined : { host, path: clean(path) };
}

function hostOf(server: string | undefined): string | undefined {
  return server !== undefined && URL.canParse(server) ? new URL(server).hostname : undefined;
}
