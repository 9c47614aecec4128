import { git, tryGit } from "../recovery/git.ts";
import { formatTrailers, parseTrailers, trailerNames } from "../recovery/trailers.ts";
import { push, remoteOf } from "../recovery/workspace.ts";
import type { Person, Workspace } from "../recovery/workspace.ts";

/** What waits for a person: to be synced, or to be promoted after its analysis. */
export type WaitsFor = "sync" | "promotion";

/** What is approved. */
export interface Subject {
  readonly application: string;
  readonly environment: string;
  /** The commit, all digits. */
  readonly revision: string;
  readonly waitsFor: WaitsFor;
}

/** An approval as Git has it. */
export interface RecordedApproval extends Subject {
  /** `Name <address>`. */
  readonly by: string;
  /** ISO 8601. */
  readonly time: string;
  /** Empty where none was given. */
  readonly reason: string;
}

/** Our copies of the remote's tags, apart from those of the user. */
const copies = "refs/gitops/approved";

/** A tag for each approval: a ref is made once, so of two people the first one approves. */
const tagOf = ({ environment, application, waitsFor, revision }: Subject): string =>
  `approved/${environment}/${application}/${waitsFor}/${revision.slice(0, 12)}`;

/**
 * Reads the approvals of an application in an environment from the remote's tags `approved/...`, newest first. A tag
 * whose trailers say something else than its name and commit is none.
 */
export async function readApprovals(
  workspace: Workspace,
  { application, environment }: Pick<Subject, "application" | "environment">,
): Promise<readonly RecordedApproval[]> {
  const folder = `${environment}/${application}`;
  const refspec = `+refs/tags/approved/${folder}/*:${copies}/${folder}/*`;
  await git(workspace.repository, ["fetch", "--quiet", "--no-tags", "--prune", remoteOf(workspace), refspec]);
  const format = "%(refname)%1f%(*objectname)%1f%(taggerdate:iso-strict)%1f%(trailers:only,unfold)%1e";
  const listed = await git(workspace.repository, [
    "for-each-ref",
    "--sort=-taggerdate",
    `--format=${format}`,
    `${copies}/${folder}/`,
  ]);
  return listed.split("\u001e").flatMap((record) => {
    const [ref = "", commit = "", date = "", text = ""] = record.trim().split("\u001f");
    const trailers = parseTrailers(text);
    const said = (name: string): string => trailers.get(name)?.[0] ?? "";
    const waitsFor = said(trailerNames.approvedFor);
    if (waitsFor !== "sync" && waitsFor !== "promotion") return [];
    const subject = { application, environment, revision: said(trailerNames.approvedRevision), waitsFor } as const;
    if (subject.revision !== commit || !ref.endsWith(`/${tagOf(subject)}`)) return [];
    const [by, reason] = [said(trailerNames.approvedBy), said(trailerNames.reason)];
    return [{ ...subject, by, reason, time: new Date(date).toISOString() }];
  });
}

/**
 * Makes the annotated tag of an approval, in the person's name, signed where their Git signs tags (`tag.gpgSign`), and
 * pushes it. The clone keeps nothing.
 * @returns false when somebody else approved it meanwhile
 * @throws with the remote's words when it takes no such tags
 */
export async function writeApproval(
  workspace: Workspace,
  subject: Subject,
  person: Person,
  reason: string,
): Promise<boolean> {
  const { application, environment, revision, waitsFor } = subject;
  const by = `${person.name} <${person.email}>`;
  const trailers = formatTrailers([
    [trailerNames.approvedBy, by],
    [trailerNames.approvedRevision, revision],
    [trailerNames.approvedFor, waitsFor],
    [trailerNames.application, application],
    [trailerNames.environment, environment],
    ...(reason === "" ? [] : [[trailerNames.reason, reason] as const]),
  ]);
  const tag = tagOf(subject);
  const env = { GIT_COMMITTER_NAME: person.name, GIT_COMMITTER_EMAIL: person.email };
  const input = `Approve ${application} in ${environment}\n\n${trailers}\n`;
  await git(workspace.repository, ["tag", "--annotate", "--force", "--file=-", tag, revision], { input, env });
  try {
    return await push(workspace, `refs/tags/${tag}`, `refs/tags/${tag}`);
  } finally {
    await tryGit(workspace.repository, ["update-ref", "-d", `refs/tags/${tag}`]);
  }
}
