import type { AuditDocument, AuditEntry } from "../model.ts";

import { evidenceText } from "./table.ts";

const columns: readonly (readonly [name: string, of: (entry: AuditEntry) => string])[] = [
  ["time", ({ time }) => time],
  ["kind", ({ kind }) => kind],
  ["who", ({ who }) => who],
  ["environments", ({ environments }) => environments.join(" ")],
  ["applications", ({ applications }) => applications.join(" ")],
  ["what", ({ what }) => what],
  ["why", ({ why }) => why ?? ""],
  ["evidence", (entry) => evidenceText(entry, false)],
];

/** RFC 4180, with a line of names. */
export function auditCsv({ entries }: AuditDocument): string {
  const lines = [columns.map(([name]) => name), ...entries.map((entry) => columns.map(([, of]) => cell(of(entry))))];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}

/**
 * Whoever writes the subject of a commit must not run anything in an auditor's spreadsheet: a cell that would be taken
 * for a formula begins with an apostrophe (OWASP, "CSV Injection").
 */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n';]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
