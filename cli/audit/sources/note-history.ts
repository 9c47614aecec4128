import { randomUUID } from "node:crypto";

import { git } from "../../recovery/git.ts";

/** What a commit of the notes did to the note of one commit. */
export interface NoteChange {
  /** The commit that the note is about. */
  readonly about: string;
  /** The whole note before and after; empty for none. */
  readonly before: string;
  readonly after: string;
}

/** A commit of the notes. */
export interface NoteStep {
  readonly commit: string;
  readonly time: Date;
  /** Its changes, seen from each of its parents; the first commit has none, and is seen from nothing. */
  readonly against: readonly { readonly parent: string | undefined; readonly changes: readonly NoteChange[] }[];
}

interface RawChange {
  readonly about: string;
  readonly before: string;
  readonly after: string;
}

/** Blobs that are read at once. */
const chunk = 1000;

/**
 * Every commit of the notes, oldest first: each before those that build on it.
 * @param ref a ref or a commit
 */
export async function noteHistory(repository: string, ref: string): Promise<readonly NoteStep[]> {
  const text = await git(repository, [
    "-c",
    "log.showRoot=true",
    "log",
    "--reverse",
    "--topo-order",
    "--raw",
    "--no-abbrev",
    "--no-renames",
    "--diff-merges=off",
    "--format=%x1e%H%x1f%P%x1f%ct%x1d",
    ref,
    "--",
  ]);
  const steps: { commit: string; time: Date; against: { parent: string | undefined; raw: readonly RawChange[] }[] }[] =
    [];
  for (const record of text.split("\u001e").slice(1)) {
    const [head = "", lines = ""] = record.split("\u001d");
    const [commit = "", parents = "", time = ""] = head.split("\u001f");
    const ids = parents.split(" ").filter((id) => id !== "");
    const against =
      ids.length < 2
        ? [{ parent: ids[0], raw: rawChanges(lines) }]
        : await Promise.all(
            ids.map(async (parent) => {
              const difference = ["diff-tree", "-r", "--raw", "--no-abbrev", "--no-renames", parent, commit];
              return { parent, raw: rawChanges(await git(repository, difference)) };
            }),
          );
    steps.push({ commit, time: new Date(Number(time) * 1000), against });
  }
  const wanted = steps.flatMap(({ against }) =>
    against.flatMap(({ raw }) => raw.flatMap((one) => [one.before, one.after])),
  );
  const blobs = await readBlobs(
    repository,
    [...new Set(wanted)].filter((id) => !isNone(id)),
  );
  const content = (id: string): string => blobs.get(id) ?? "";
  return steps.map(({ commit, time, against }) => ({
    commit,
    time,
    against: against.map(({ parent, raw }) => ({
      parent,
      changes: raw.map(({ about, before, after }) => ({ about, before: content(before), after: content(after) })),
    })),
  }));
}

const isNone = (id: string): boolean => /^0+$/.test(id);

/** Git moves notes into folders by the first digits of their names as they become many: that changes none of them. */
function rawChanges(lines: string): readonly RawChange[] {
  const found = new Map<string, { before: string; after: string }>();
  for (const line of lines.split("\n")) {
    const [, before, after, path] = /^:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) \w+\t(.+)$/.exec(line) ?? [];
    if (before === undefined || after === undefined || path === undefined) continue;
    const about = path.replaceAll("/", "");
    const known = found.get(about) ?? { before: "0", after: "0" };
    found.set(about, { before: isNone(before) ? known.before : before, after: isNone(after) ? known.after : after });
  }
  return [...found].flatMap(([about, of]) => (of.before === of.after ? [] : [{ about, ...of }]));
}

async function readBlobs(repository: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const blobs = new Map<string, string>();
  for (let start = 0; start < ids.length; start += chunk) {
    // Nobody can have written this into a note.
    const mark = randomUUID();
    const input = `${ids.slice(start, start + chunk).join("\n")}\n`;
    const text = await git(repository, ["cat-file", `--batch=${mark} %(objectname)`], { input });
    for (const part of text.split(`${mark} `).slice(1)) {
      const end = part.indexOf("\n");
      blobs.set(part.slice(0, end), part.slice(end + 1).replace(/\n$/, ""));
    }
  }
  return blobs;
}

/** The lines of a note that say something. */
export const linesOf = (note: string): readonly string[] => note.split("\n").filter((line) => line.trim() !== "");

/** The lines that a step added to a note; none for a merge, which only brings together what others added. */
export function addedLines({ against }: NoteStep): readonly { readonly about: string; readonly line: string }[] {
  const [only] = against;
  if (only === undefined || against.length > 1) return [];
  return only.changes.flatMap(({ about, before, after }) => {
    const [old, now] = [linesOf(before), linesOf(after)];
    const kept = old.every((line, index) => now[index] === line);
    return (kept ? now.slice(old.length) : now.filter((line) => !old.includes(line))).map((line) => ({ about, line }));
  });
}
