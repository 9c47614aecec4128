import { parse } from "yaml";

import { freezesFile } from "../../../infra/calendar/read-freezes.ts";
import { oneLine } from "../../recovery/context.ts";
import { trailerNames } from "../../recovery/trailers.ts";
import { fileAt } from "../../repository/files-at.ts";
import type { AuditKind } from "../kinds.ts";
import type { AuditEntry } from "../model.ts";
import { signersFile } from "../verify/signers.ts";

import type { AuditedCommit } from "./commits.ts";

const waiversFile = "policies/waivers.yaml";

/** Files whose content tells more than that they changed. */
export const listedFiles: readonly string[] = [freezesFile, waiversFile, signersFile];

type Item = Readonly<Record<string, unknown>>;

/** What a commit put into the lists of freezes, waivers and signers, and what it took out. */
export async function listEntries(
  repository: string,
  commit: AuditedCommit,
): Promise<{ readonly entries: readonly AuditEntry[]; readonly problems: readonly string[] }> {
  // A merge brings what its commits have said already.
  if (commit.parents.length > 1) return { entries: [], problems: [] };
  const entries: AuditEntry[] = [];
  const problems: string[] = [];
  for (const file of listedFiles.filter((name) => commit.files.includes(name))) {
    const [parent] = commit.parents;
    const [before, after] = [
      parent === undefined ? undefined : await fileAt(repository, parent, file),
      await fileAt(repository, commit.id, file),
    ];
    try {
      entries.push(...(file === signersFile ? [signers(commit)] : changes(file, commit, before, after)));
    } catch (error) {
      problems.push(`${file} of ${commit.id.slice(0, 7)}: ${oneLine((error as Error).message)}`);
    }
  }
  return { entries, problems };
}

function changes(file: string, commit: AuditedCommit, before: string | undefined, after: string | undefined) {
  const [old, now] = [items(file, before), items(file, after)];
  const [removed, added] = [without(old, now), without(now, old)];
  if (file === waiversFile) return [...waivers(commit, "removed", removed), ...waivers(commit, "added", added)];
  // The next freeze takes out what is over, which ends nothing.
  const ended = removed.filter(({ until }) => Date.parse(text(until)) > commit.time.getTime());
  return [...freezes(commit, "unfreeze", ended), ...freezes(commit, "freeze", added)];
}

function items(file: string, content: string | undefined): readonly Item[] {
  const value: unknown = content === undefined ? [] : parse(content);
  const list: unknown = file === freezesFile ? ((value as Item | null)?.["freezes"] ?? []) : (value ?? []);
  if (!Array.isArray(list)) throw new Error("no list");
  return list.filter((item): item is Item => typeof item === "object" && item !== null);
}

/** Those that the other list does not have as well, as often. */
function without(list: readonly Item[], other: readonly Item[]): readonly Item[] {
  const left = other.map((item) => JSON.stringify(item));
  return list.filter((item) => {
    const index = left.indexOf(JSON.stringify(item));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

const text = (value: unknown): string =>
  typeof value === "string" ? value : value instanceof Date ? value.toISOString().slice(0, 10) : "";

const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(text) : []);

function said(commit: AuditedCommit, kind: AuditKind, of: Pick<AuditEntry, "what" | "why"> & Partial<AuditEntry>) {
  const evidence = [{ type: "commit", id: commit.id }] as const;
  const who = oneLine(commit.trailers.get(trailerNames.requestedBy)?.[0] ?? commit.author);
  const { environments } = commit;
  return { time: commit.time.toISOString(), kind, who, environments, applications: [], ...of, evidence } as AuditEntry;
}

function freezes(commit: AuditedCommit, kind: "freeze" | "unfreeze", of: readonly Item[]): AuditEntry[] {
  return of.map((item) => {
    const strict = item["strict"] === true ? ", people too" : "";
    const what =
      kind === "freeze"
        ? `nothing is synced from ${text(item["from"])} until ${text(item["until"])}${strict}`
        : `ended before ${text(item["until"])}`;
    const why = kind === "freeze" ? oneLine(text(item["reason"])) : commit.body;
    const about = { environments: [text(item["environment"])], applications: list(item["applications"]) };
    return said(commit, kind, { what, why: why === "" ? null : why, ...about });
  });
}

function waivers(commit: AuditedCommit, verb: "added" | "removed", of: readonly Item[]): AuditEntry[] {
  return of.map((item) => {
    const subject = `${text(item["policy"])} for ${text(item["resource"])}`;
    const until = verb === "added" ? ` until ${text(item["expires"])}, owner ${text(item["owner"])}` : "";
    const why = verb === "added" ? oneLine(text(item["reason"])) : commit.body;
    return said(commit, "waiver", { what: oneLine(`${verb}: ${subject}${until}`), why: why === "" ? null : why });
  });
}

const signers = (commit: AuditedCommit): AuditEntry =>
  said(commit, "signers", { what: oneLine(commit.subject), why: commit.body === "" ? null : commit.body });
