import { short } from "../../recovery/git.ts";
import { parseRecord } from "../../recovery/notes.ts";
import { linesOf } from "../sources/note-history.ts";
import type { NoteChange, NoteStep } from "../sources/note-history.ts";

import type { Break, CheckResult } from "./model.ts";

/** Whether no line of a note was ever changed, removed or put before another. */
export function appendOnly(history: readonly NoteStep[]): CheckResult {
  const breaks = history.flatMap((step) =>
    step.against.flatMap(({ changes, parent }) =>
      changes.flatMap((change) =>
        step.against.length > 1 ? merged(step, change, parent ?? "") : appended(step, change),
      ),
    ),
  );
  const merges = history.filter(({ against }) => against.length > 1).length;
  const counts = [`${history.length} commits of notes`, ...(merges === 0 ? [] : [`${merges} merges`])];
  return { name: "notes only grow", counts, breaks };
}

function appended({ commit }: NoteStep, { about, before, after }: NoteChange): Break[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const index = old.findIndex((line, place) => now[place] !== line);
  if (index < 0) return [];
  const where = `note of ${short(about)}, line ${index + 1}, in ${short(commit)}`;
  return [{ check: "append-only", where, ...difference(old[index] ?? "", now[index]) }];
}

/** A merge keeps the lines of each side, in their order; what it may put between them are those of the other. */
function merged({ commit, against }: NoteStep, { about, before, after }: NoteChange, parent: string): Break[] {
  const now = linesOf(after);
  const where = `note of ${short(about)}, in the merge ${short(commit)}`;
  let place = 0;
  for (const line of linesOf(before)) {
    const next = now.indexOf(line, place);
    if (next < 0) {
      return [
        { check: "append-only", where, expected: `as in ${short(parent)}: ${shown(line)}`, found: "no such line" },
      ];
    }
    place = next + 1;
  }
  const sides = against.flatMap(({ changes }) => changes.filter((one) => one.about === about));
  // A side that does not differ from the merge is not among the changes, and has every line.
  const known = sides.length < against.length ? now : sides.flatMap((one) => linesOf(one.before));
  const strange = now.find((line) => !known.includes(line));
  if (strange === undefined) return [];
  return [{ check: "append-only", where, expected: "lines of its parents alone", found: shown(strange) }];
}

/** What two lines have different: the fields of records, or else the lines. */
function difference(old: string, now: string | undefined): { readonly expected: string; readonly found: string } {
  const [before, after] = [fieldsOf(old), fieldsOf(now ?? "")];
  if (before === undefined || after === undefined) return { expected: shown(old), found: shown(now) };
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  const say = (fields: Readonly<Record<string, unknown>>): string =>
    changed.map((name) => `"${name}": ${shown(JSON.stringify(fields[name]))}`).join(", ");
  return changed.length === 0
    ? { expected: shown(old), found: shown(now) }
    : { expected: say(before), found: say(after) };
}

function fieldsOf(line: string): Readonly<Record<string, unknown>> | undefined {
  return parseRecord(line) === undefined ? undefined : (JSON.parse(line) as Readonly<Record<string, unknown>>);
}

/** The first words of a line. */
export const shown = (line: string | undefined): string =>
  line === undefined ? "nothing" : line.length > 160 ? `${line.slice(0, 160)}...` : line;
