import { oneLine } from "../../recovery/context.ts";
import { platformAuthor, short } from "../../recovery/git.ts";
import { parseRecord } from "../../recovery/notes.ts";
import type { DeploymentRecord } from "../../recovery/notes.ts";
import type { AuditKind } from "../kinds.ts";
import type { AuditEntry } from "../model.ts";

import { addedLines } from "./note-history.ts";
import type { NoteStep } from "./note-history.ts";

const kinds: Readonly<Record<string, AuditKind>> = {
  "rolled-back": "rollback",
  "degraded-mode-on": "degraded-mode",
  "degraded-mode-off": "degraded-mode",
  "recovered": "recovery",
  "not-recovered": "recovery",
  "promoted": "promotion",
  "notified": "failure",
  "refused": "failure",
  "approved": "approval",
  "approval-refused": "approval-refused",
  "deployed": "deployment",
};

/** An entry for each record that was ever written, those that somebody took out again included. */
export function recordEntries(history: readonly NoteStep[]): readonly AuditEntry[] {
  return history.flatMap((step) =>
    addedLines(step).flatMap(({ line }) => {
      const record = parseRecord(line);
      return record === undefined ? [] : [entryOf(record, step.commit)];
    }),
  );
}

function entryOf(record: DeploymentRecord, note: string): AuditEntry {
  const { action, application, environment, by, reason, emergency, commit } = record;
  return {
    time: new Date(record.time).toISOString(),
    kind: emergency === undefined ? (kinds[action] ?? "other") : "emergency",
    who: oneLine(by ?? platformAuthor.name),
    environments: [environment],
    applications: [application],
    what: what(record),
    why: oneLine(emergency ?? reason) || null,
    evidence: [
      ...(commit === undefined ? [] : [{ type: "commit", id: commit } as const]),
      { type: "note", id: note } as const,
    ],
  };
}

function what({ action, application, revision, outcome, seconds, waitedFor, commit, image }: DeploymentRecord): string {
  const words = [
    `${action} ${application} ${short(revision)}`,
    ...(commit === undefined || commit === revision ? [] : [`by commit ${short(commit)}`]),
    ...(outcome === undefined ? [] : [`: ${outcome}`]),
    ...(waitedFor === undefined ? [] : [`(${waitedFor})`]),
    ...(image === undefined ? [] : [`image ${image}`]),
    ...(seconds === undefined ? [] : [`in ${seconds} s`]),
  ];
  return oneLine(words.join(" ").replaceAll(" : ", ": "));
}

/**
 * One entry for what a commit and a record both tell: the platform writes both about a rollback, a promotion or a switch
 * of the degraded mode. The record knows why; the commit says what.
 */
export function withRecords(commits: readonly AuditEntry[], records: readonly AuditEntry[]): readonly AuditEntry[] {
  const merged = [...commits];
  for (const record of records) {
    const commit = record.evidence.find(({ type }) => type === "commit")?.id;
    const index = merged.findIndex(
      (one) =>
        one.kind === record.kind &&
        one.evidence.some(({ type, id }) => type === "commit" && id === commit) &&
        record.applications.every((name) => one.applications.includes(name)) &&
        record.environments.every((name) => one.environments.includes(name)),
    );
    const same = merged[index];
    if (commit === undefined || same === undefined) merged.push(record);
    else merged[index] = { ...same, why: same.why ?? record.why, evidence: union(same.evidence, record.evidence) };
  }
  return merged;
}

const union = (a: AuditEntry["evidence"], b: AuditEntry["evidence"]): AuditEntry["evidence"] => [
  ...a,
  ...b.filter(({ type, id }) => !a.some((one) => one.type === type && one.id === id)),
];
