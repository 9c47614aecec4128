import { platformAuthor, short } from "../../recovery/git.ts";
import { parseRecord } from "../../recovery/notes.ts";
import { hasValidSignature } from "../../recovery/record-signature.ts";
import { addedLines } from "../sources/note-history.ts";
import type { NoteStep } from "../sources/note-history.ts";

import { shown } from "./append-only.ts";
import type { Break, CheckResult } from "./model.ts";
import { addressOf } from "./signers.ts";
import type { Signers } from "./signers.ts";

/** A record as it was written. */
export interface WrittenRecord {
  /** The commit that it is about. */
  readonly about: string;
  readonly line: string;
  readonly step: NoteStep;
  /** All that the line has, known or not. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Every record that was ever written, oldest first. Words of others in the notes are none. */
export function writtenRecords(history: readonly NoteStep[]): readonly WrittenRecord[] {
  return history.flatMap((step) =>
    addedLines(step).flatMap(({ about, line }) =>
      parseRecord(line) === undefined
        ? []
        : [{ about, line, step, fields: JSON.parse(line) as Readonly<Record<string, unknown>> }],
    ),
  );
}

const named = ({ about, step, fields }: WrittenRecord): string =>
  `record "${String(fields["action"])}" of ${short(about)}, in ${short(step.commit)}`;

/**
 * Whether each record names the commit of the notes that it was written on. Once records do so, each must: one without is
 * one from which it was taken out.
 */
export function chain(records: readonly WrittenRecord[]): CheckResult {
  const breaks: Break[] = [];
  let [chained, before] = [0, 0];
  for (const record of records) {
    const previous = record.fields["previous"];
    const parent = record.step.against[0]?.parent ?? "none";
    if (previous === undefined && chained === 0) {
      before += 1;
      continue;
    }
    chained += 1;
    if (previous === parent) continue;
    const found = typeof previous === "string" ? `"previous": ${short(previous)}` : `no "previous"`;
    breaks.push({ check: "chain", where: named(record), expected: `"previous": ${short(parent)}`, found });
  }
  const older = before === 0 ? [] : [`${before} from before there was a chain`];
  return { name: "records are chained", counts: [`${chained} records in the chain`, ...older], breaks };
}

/**
 * Whether each record has a valid signature of a known signer, who is the person that it names, or the platform. Once
 * records are signed, each must be.
 * @param signers undefined: nobody said whose signatures count; then only their soundness is checked
 */
export function signatures(records: readonly WrittenRecord[], signers: Signers | undefined): CheckResult {
  const breaks: Break[] = [];
  const count = { signed: 0, before: 0 };
  for (const record of records) {
    const { about, fields } = record;
    const { key, signature, by } = fields;
    if (signature === undefined && count.signed === 0) {
      count.before += 1;
      continue;
    }
    if (typeof key !== "string" || typeof signature !== "string") {
      breaks.push({ check: "signature", where: named(record), expected: "a signature", found: "none" });
      continue;
    }
    count.signed += 1;
    if (!hasValidSignature(about, fields)) {
      const expected = `a signature of ${shown(key)} over this content`;
      breaks.push({ check: "signature", where: named(record), expected, found: "one that does not fit" });
      continue;
    }
    const people = signers?.get(key);
    if (signers !== undefined && people === undefined) {
      breaks.push({ check: "signer", where: named(record), expected: "a key of an allowed signer", found: key });
      continue;
    }
    const person = typeof by === "string" ? addressOf(by) : platformAuthor.email;
    if (people === undefined || people.includes(person) || people.includes(platformAuthor.email)) continue;
    breaks.push({ check: "signer", where: named(record), expected: `the key of ${person}`, found: people.join(", ") });
  }
  if (signers !== undefined && signers.size > 0 && count.signed === 0 && count.before > 0) {
    const expected = "signed records, as there are allowed signers";
    breaks.push({ check: "signature", where: "all records", expected, found: "none with a signature" });
  }
  const older = count.before === 0 ? [] : [`${count.before} from before records were signed`];
  return { name: "records are signed", counts: [`${count.signed} signed records`, ...older], breaks };
}
