import Table from "cli-table3";

import type { Palette } from "../plan/output/palette.ts";
import { short } from "../recovery/git.ts";

import type { HistoryDocument, HistoryEntry } from "./model.ts";

const head = ["ENVIRONMENT", "REVISION", "WHEN (UTC)", "WHO", "WHAT", "APPROVED BY", "OUTCOME", "TOOK", "ANALYSIS"];

/** Columns of the subject of a commit. */
const subjectWidth = 44;

/** The table for people: one line a deployment. */
export function historyTable({ deployments, application, warnings }: HistoryDocument, colours: Palette): string {
  const notes = warnings.map((text) => colours.yellow(`warning: ${text}`));
  if (deployments.length === 0) return [`no deployment of ${application} is in Git`, ...notes].join("\n");
  const table = new Table({
    head,
    style: { head: [], border: [], compact: true },
    colWidths: head.map((title) => (title === "WHAT" ? subjectWidth : null)),
    wordWrap: true,
  });
  for (const entry of deployments) table.push(row(entry, colours));
  return [table.toString(), ...notes].join("\n");
}

function row(entry: HistoryEntry, colours: Palette): string[] {
  const { sync, approvals, analysis, emergency } = entry;
  const paint = {
    "running": colours.green,
    "replaced": colours.dim,
    "rolled-back": colours.red,
    "waiting": colours.yellow,
    "unknown": colours.dim,
  }[entry.outcome];
  return [
    entry.environment,
    short(entry.revision),
    entry.time.slice(0, 16).replace("T", " "),
    entry.author,
    emergency === null ? entry.subject : `${entry.subject} (emergency: ${emergency})`,
    [...new Set(approvals.map(({ by }) => by))].join(", ") || "-",
    paint(outcome(entry)),
    sync?.seconds === null || sync === null ? "-" : `${sync.seconds} s`,
    analysis ?? "-",
  ];
}

function outcome({ outcome: words, rolledBackBy, syncs }: HistoryEntry): string {
  const failed = syncs.at(-1)?.outcome;
  const sync = failed === undefined || failed === "Succeeded" ? "" : `, sync ${failed.toLowerCase()}`;
  return `${rolledBackBy === null ? words : `${words} by ${short(rolledBackBy)}`}${sync}`;
}
