import Table from "cli-table3";

import type { Palette } from "../../plan/output/palette.ts";
import { short } from "../../recovery/git.ts";
import type { AuditKind } from "../kinds.ts";
import type { AuditDocument, AuditEntry } from "../model.ts";

const head = ["WHEN (UTC)", "KIND", "WHO", "WHERE", "WHAT AND WHY", "EVIDENCE"];

/** Columns of the widest text. */
const whatWidth = 64;

const alarming: readonly AuditKind[] = ["denied", "emergency", "manual-change", "approval-refused", "failure"];

/** Commits are known by seven digits; the IDs of requests as they are, to be searched for. */
export function evidenceText({ evidence }: AuditEntry, brief: boolean): string {
  return evidence
    .map(({ type, id }) => `${type === "audit-id" ? "audit" : type} ${brief && type !== "audit-id" ? short(id) : id}`)
    .join(brief ? "\n" : " ");
}

/** For people: one line an entry, and what is missing. */
export function auditTable({ entries, warnings, sources, since, until }: AuditDocument, colours: Palette): string {
  const read = sources.map(({ name, state, read: count }) =>
    state === "not-asked" ? `no ${name}` : `${name}: ${count}`,
  );
  const last = [
    colours.dim(`${entries.length} entries from ${since} until ${until}; ${read.join("; ")}`),
    ...warnings.map((text) => colours.yellow(`warning: ${text}`)),
  ];
  if (entries.length === 0) return last.join("\n");
  const table = new Table({
    head,
    style: { head: [], border: [], compact: true },
    colWidths: head.map((title) => (title === "WHAT AND WHY" ? whatWidth : null)),
    wordWrap: true,
  });
  for (const entry of entries) table.push(row(entry, colours));
  return [table.toString(), ...last].join("\n");
}

function row(entry: AuditEntry, colours: Palette): string[] {
  const { time, kind, who, environments, applications, what, why } = entry;
  return [
    time.slice(0, 19).replace("T", " "),
    alarming.includes(kind) ? colours.red(kind) : kind,
    who.replace(/ <[^>]*>$/, ""),
    [environments.join(" "), applications.join(" ")].filter((text) => text !== "").join("\n") || "-",
    why === null ? what : `${what}\n${colours.dim(why)}`,
    evidenceText(entry, true),
  ];
}
