import { environments } from "../../infra/environments.ts";
import { git, tryGit } from "../recovery/git.ts";
import { commits, ownCommits } from "../recovery/history.ts";
import { ownPaths } from "../recovery/own-paths.ts";
import type { OwnPaths } from "../recovery/own-paths.ts";
import { parseTrailers, trailerNames } from "../recovery/trailers.ts";
import type { Trailers } from "../recovery/trailers.ts";
import { fetchBranch } from "../recovery/workspace.ts";
import type { Person } from "../recovery/workspace.ts";
import type { Repository } from "../repository/open.ts";

/** Somebody who made a part of a change. */
export interface Contributor extends Person {
  readonly role: "author" | "committer" | "co-author";
  /** The commit, and what it is about. */
  readonly commit: string;
  readonly subject: string;
}

/** What is shared by the overlays; a change there changes every application that takes it in. */
const shared = "apps/components";

const fields = ["%H", "%s", "%aN", "%aE", "%cN", "%cE", "%(trailers:only,unfold)"].join("%x1f");

/** The `.mailmap` of a commit, so that nobody's own file decides who they are (gitmailmap(5)). */
const mailmapOf = (commit: string): readonly string[] => ["-c", `mailmap.blob=${commit}:.mailmap`];

/**
 * Everybody who made what lies between two commits of an application: authors, committers, and those whom
 * `Co-authored-by` names. Whoever promoted it only carried it here: then those count who made what was promoted.
 * @param base what was let through before; undefined for the newest change of the application alone
 */
export async function contributors(
  repository: Repository,
  base: string | undefined,
  revision: string,
  path: string,
): Promise<readonly Contributor[]> {
  const own = ownPaths(path);
  const found: Contributor[] = [];
  for (const commit of await changes(repository.repository, base, revision, own)) {
    const promoted = await promotedBy(repository, commit, base, path);
    found.push(...(promoted.length > 0 ? promoted : await peopleOf(repository.repository, commit, revision)));
  }
  return found;
}

/** The person as `.mailmap` knows them. */
export async function canonical(repository: string, { name, email }: Person, commit: string): Promise<Person> {
  const asked = await tryGit(repository, [...mailmapOf(commit), "check-mailmap", `${name} <${email}>`]);
  return parsePerson(asked.stdout) ?? { name, email };
}

interface Change {
  readonly id: string;
  readonly subject: string;
  readonly author: Person;
  readonly committer: Person;
  readonly trailers: Trailers;
}

/** Commits of all parents, since a merge brings those of a whole branch; a merge counts for what it changed itself. */
async function changes(
  repository: string,
  base: string | undefined,
  revision: string,
  own: OwnPaths,
): Promise<readonly Change[]> {
  const newest = base === undefined ? (await ownCommits(repository, revision, own, 1))[0] : undefined;
  const range = newest === undefined ? (base === undefined ? revision : `${base}..${revision}`) : `${newest.id}^!`;
  const options = ["--full-history", "--diff-merges=dense-combined", "--name-only", "--use-mailmap"];
  const args = ["-c", "core.quotePath=false", ...mailmapOf(revision), "log", ...options];
  const text = await git(repository, [...args, `--format=%x1e${fields}%x1d`, range, "--", own.root, shared]);
  return text.split("\u001e").flatMap((record) => {
    const [facts = "", files = ""] = record.split("\u001d");
    const touched = files.split("\n").some((file) => own.owns(file) || file.startsWith(`${shared}/`));
    if (!touched) return [];
    const [id = "", subject = "", authorName = "", authorEmail = "", name = "", email = "", trailers = ""] =
      facts.split("\u001f");
    const author = { name: authorName, email: authorEmail };
    return [{ id, subject, author, committer: { name, email }, trailers: parseTrailers(trailers) }];
  });
}

async function peopleOf(repository: string, change: Change, revision: string): Promise<readonly Contributor[]> {
  const { id: commit, subject, author, committer, trailers } = change;
  const named = [...trailers].flatMap(([name, values]) => (/^co-authored-by$/i.test(name) ? values : []));
  const coAuthors = await Promise.all(
    named.flatMap((text) => parsePerson(text) ?? []).map((person) => canonical(repository, person, revision)),
  );
  return [
    { ...author, role: "author", commit, subject },
    { ...committer, role: "committer", commit, subject },
    ...coAuthors.map((person) => ({ ...person, role: "co-author" as const, commit, subject })),
  ];
}

/** Who made what a promotion brought; nobody where the commit is no promotion, or its source is not to be found. */
async function promotedBy(
  repository: Repository,
  { trailers }: Change,
  base: string | undefined,
  path: string,
): Promise<readonly Contributor[]> {
  const application = /^apps\/([^/]+)\//.exec(path)?.[1] ?? "";
  const [from = ""] = trailers.get(trailerNames.promotedFrom) ?? [];
  const revision = promotedRevision(trailers, application);
  if (revision === undefined || !(from in environments)) return [];
  const has = async (): Promise<boolean> =>
    (await tryGit(repository.repository, ["cat-file", "-e", `${revision}^{commit}`])).ok;
  if (!(await has())) {
    await fetchBranch(repository, environments[from as keyof typeof environments].branch).catch(() => undefined);
    if (!(await has())) return [];
  }
  const before = base === undefined ? [] : await commits(repository.repository, base);
  const earlier = before.map((commit) => promotedRevision(commit.trailers, application)).find((one) => one);
  const source = ownPaths(`apps/${application}/overlays/${from}`);
  const found = await changes(repository.repository, earlier, revision, source);
  return (await Promise.all(found.map((one) => peopleOf(repository.repository, one, revision)))).flat();
}

/** Of `<application>@<commit>`. */
function promotedRevision(trailers: Trailers, application: string): string | undefined {
  const said = trailers.get(trailerNames.promotedRevision)?.find((text) => text.startsWith(`${application}@`));
  const revision = said?.slice(application.length + 1);
  return revision !== undefined && /^[0-9a-f]{40,64}$/.test(revision) ? revision : undefined;
}

/** `Name <address>`. */
function parsePerson(text: string): Person | undefined {
  const [, name, email] = /^\s*([^<>]*?)\s*<([^<>\s]+)>/.exec(text) ?? [];
  return name === undefined || email === undefined ? undefined : { name, email };
}
