import { environments } from "../../../infra/environments.ts";
import type { Environment } from "../../../infra/environments.ts";
import { git } from "../../recovery/git.ts";
import { parseTrailers } from "../../recovery/trailers.ts";
import type { Trailers } from "../../recovery/trailers.ts";
import type { Period } from "../period.ts";
import { within } from "../period.ts";

/** A commit with what an auditor asks of it. */
export interface AuditedCommit {
  readonly id: string;
  readonly parents: readonly string[];
  /** When it was committed. */
  readonly time: Date;
  /** `Name <address>`. */
  readonly author: string;
  readonly subject: string;
  /** The first paragraph of the message after its subject, on one line; empty without one. */
  readonly body: string;
  readonly trailers: Trailers;
  /** What it changed compared with its first parent, from the root of the repository. */
  readonly files: readonly string[];
  /** Those whose branch has it. */
  readonly environments: readonly Environment[];
}

const fields = ["%H", "%P", "%ct", "%an <%ae>", "%s", "%b", "%(trailers:only,unfold)"];
// %x1d ends the fields: the names of the files follow.
const format = `%x1e${fields.join("%x1f")}%x1d`;

/**
 * The commits of the environments' branches in a period, newest first.
 * @param tips newest commit of the branch of each environment
 */
export async function auditedCommits(
  repository: string,
  tips: ReadonlyMap<Environment, string>,
  period: Period,
): Promise<readonly AuditedCommit[]> {
  if (tips.size === 0) return [];
  // To the second, as Git keeps times: what the same second has is sorted out below.
  const since = `--since=${Math.floor(period.since.getTime() / 1000) - 1}`;
  const members = new Map<Environment, ReadonlySet<string>>();
  for (const [environment, tip] of tips) {
    members.set(environment, new Set((await git(repository, ["rev-list", since, tip])).split("\n")));
  }
  const text = await git(repository, [
    "-c",
    "core.quotePath=false",
    "log",
    since,
    "--diff-merges=first-parent",
    "--name-only",
    "--no-renames",
    `--format=${format}`,
    ...new Set(tips.values()),
    "--",
  ]);
  return text.split("\u001e").flatMap((record) => {
    const [head = "", names = ""] = record.split("\u001d");
    const [id = "", parents = "", time = "", author = "", subject = "", body = "", trailers = ""] =
      head.split("\u001f");
    const at = new Date(Number(time) * 1000);
    if (id === "" || !within(wholeSeconds(period), at)) return [];
    return [
      {
        id,
        parents: parents.split(" ").filter((parent) => parent !== ""),
        time: at,
        author,
        subject,
        body: firstParagraph(body),
        trailers: parseTrailers(trailers),
        files: names.split("\n").filter((name) => name !== ""),
        environments: [...members].flatMap(([environment, ids]) => (ids.has(id) ? [environment] : [])),
      },
    ];
  });
}

const wholeSeconds = ({ since, until }: Period): Period => ({
  since: new Date(Math.floor(since.getTime() / 1000) * 1000),
  until,
});

function firstParagraph(body: string): string {
  const [first = ""] = body.trim().split(/\n\s*\n/);
  const lines = first.split("\n").map((line) => line.trim());
  return lines.every((line) => /^[A-Za-z0-9-]+: /.test(line)) ? "" : lines.join(" ");
}

/** The branch of an environment. */
export const branchOf = (environment: Environment): string => environments[environment].branch;
