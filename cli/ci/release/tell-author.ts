import type { Environment } from "../environment.ts";
import { required } from "../environment.ts";
import { connect, parseRepository } from "../github/client.ts";
import type { GitHub, Repository } from "../github/client.ts";
import { closeIssue, upsertIssue } from "../github/upsert-issue.ts";
import { disarm } from "../report/disarm.ts";

export interface TestedCommit {
  readonly application: string;
  /** Repository of the sources, owner/name. */
  readonly source: string;
  readonly commit: string;
}

const nameOf = ({ application }: TestedCommit): string => `release:${application}`;

/**
 * Tells the author of a commit that its tests failed and nothing was released: by an issue that mentions the author and
 * is assigned to them, one for each application.
 * @returns what was done, for the log
 */
export async function tellAuthor(tested: TestedCommit, environment: Environment): Promise<string> {
  const github = connect(environment);
  const { login, name, subject } = await readAuthor(github, parseRepository(tested.source), tested.commit);
  const server = required(environment, "GITHUB_SERVER_URL");
  const run = `${server}/${required(environment, "GITHUB_REPOSITORY")}/actions/runs/${required(environment, "GITHUB_RUN_ID")}`;
  const body = [
    // A person without an account, or whose address GitHub does not know, can only be named.
    `${login === undefined ? disarm(name) : `@${login}`}: the tests of ${tested.application} failed, so nothing was released.`,
    "",
    `- commit: ${server}/${tested.source}/commit/${tested.commit} (${disarm(subject)})`,
    `- log: ${run}`,
    "",
    "The environment keeps the version it has. Push a correction; the next release closes this issue.",
  ].join("\n");
  const title = `Tests of ${tested.application} fail`;
  const assignees = login === undefined ? [] : [login];
  return `${title}: issue ${await upsertIssue(github, nameOf(tested), { title, body, assignees })}`;
}

/** Closes the issue of an earlier failure, if there is one. */
export async function tellSuccess(tested: TestedCommit, environment: Environment): Promise<string> {
  const text = `Released: ${tested.source} at ${tested.commit}`;
  const closed = await closeIssue(connect(environment), nameOf(tested), text);
  return closed ? "closed the issue of the last failure" : "no failure to take back";
}

async function readAuthor({ api }: GitHub, source: Repository, ref: string) {
  const { data } = await api.rest.repos.getCommit({ ...source, ref });
  const login = data.author !== null && "login" in data.author ? data.author.login : undefined;
  return {
    login,
    name: data.commit.author?.name ?? "the author",
    subject: data.commit.message.split("\n")[0] ?? "",
  };
}
