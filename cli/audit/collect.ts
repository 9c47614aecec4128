import { existsSync } from "node:fs";

import type { Environment } from "../../infra/environments.ts";
import { environmentNames } from "../../infra/environments.ts";
import { notesRef } from "../recovery/notes.ts";
import type { Repository } from "../repository/open.ts";

import { fetchAll } from "./branches.ts";
import type { Fetched } from "./branches.ts";
import type { AuditKind } from "./kinds.ts";
import type { AuditDocument, AuditEntry, AuditSource } from "./model.ts";
import type { Period } from "./period.ts";
import { within } from "./period.ts";
import { commitEntries } from "./sources/commit-entries.ts";
import { auditedCommits, branchOf } from "./sources/commits.ts";
import { readKubernetes } from "./sources/kubernetes.ts";
import type { KubernetesLog } from "./sources/kubernetes.ts";
import { listEntries } from "./sources/lists.ts";
import { noteHistory } from "./sources/note-history.ts";
import { recordEntries, withRecords } from "./sources/record-entries.ts";

/** What is asked for; an empty list asks for everything. */
export interface AuditArgs {
  readonly period: Period;
  readonly environments: readonly Environment[];
  readonly applications: readonly string[];
  readonly kinds: readonly AuditKind[];
  readonly order: "oldest" | "newest";
  /** Newest entries that are told. */
  readonly limit: number;
  /** Audit logs of Kubernetes; none: nobody gave one. */
  readonly kubernetes: readonly KubernetesLog[];
}

/** Reads the trail from every source; one that cannot be read is a warning. */
export async function collect(repository: Repository, args: AuditArgs): Promise<AuditDocument> {
  const { period } = args;
  const fetched = await fetchAll(repository, environmentNames);
  const commits = await fromCommits(repository, fetched, period);
  const notes = await fromNotes(repository, fetched);
  const kubernetes = await readKubernetes(args.kubernetes, period);
  const sources = [...fetched.problems, ...commits.sources, ...notes.sources, ...kubernetes.sources];
  const all = [...withRecords(commits.entries, notes.entries), ...kubernetes.entries];
  const wanted = all.filter((entry) => isWanted(entry, args)).sort(byTime);
  const told = wanted.slice(-args.limit);
  const left = wanted.length - told.length;
  const warnings = [
    ...sources.flatMap(({ name, problem }) => (problem === null ? [] : [`${name}: ${problem}`])),
    ...(left === 0 ? [] : [`${left} older entries are left out; give a later --since, or a higher --limit`]),
  ];
  return {
    version: 1,
    since: period.since.toISOString(),
    until: period.until.toISOString(),
    entries: args.order === "oldest" ? told : told.reverse(),
    sources,
    warnings,
  };
}

interface Found {
  readonly entries: readonly AuditEntry[];
  readonly sources: readonly AuditSource[];
}

async function fromCommits({ repository }: Repository, { tips }: Fetched, period: Period): Promise<Found> {
  const commits = await auditedCommits(repository, tips, period);
  const entries: AuditEntry[] = [];
  const problems: string[] = [];
  for (const commit of commits) {
    const lists = await listEntries(repository, commit);
    entries.push(...commitEntries(commit), ...lists.entries);
    problems.push(...lists.problems);
  }
  const name = `branches ${[...new Set([...tips.keys()].map(branchOf))].join(", ")}`;
  const shallow = existsSync(`${repository}/.git/shallow`) || existsSync(`${repository}/shallow`);
  if (shallow) problems.push("the clone is shallow, so older commits are missing: git fetch --unshallow");
  if (tips.size === 0) return { entries, sources: [] };
  return { entries, sources: [source(name, commits.length, problems)] };
}

async function fromNotes({ repository }: Repository, { notes, problems }: Fetched): Promise<Found> {
  if (problems.some(({ name }) => name === notesRef)) return { entries: [], sources: [] };
  const entries = notes === undefined ? [] : recordEntries(await noteHistory(repository, notes));
  return { entries, sources: [source(notesRef, entries.length, [])] };
}

const source = (name: string, read: number, problems: readonly string[]): AuditSource => ({
  name,
  state: problems.length === 0 ? "read" : "partial",
  read,
  problem: problems.length === 0 ? null : problems.join("; "),
});

function isWanted(entry: AuditEntry, { period, environments, applications, kinds }: AuditArgs): boolean {
  const some = (asked: readonly string[], has: readonly string[]): boolean =>
    asked.length === 0 || has.some((name) => asked.includes(name));
  return (
    within(period, new Date(entry.time)) &&
    some(kinds, [entry.kind]) &&
    // A freeze or a promotion without a name is about all applications.
    (some(applications, entry.applications) || (entry.kind.endsWith("freeze") && entry.applications.length === 0)) &&
    some(environments, entry.environments)
  );
}

const byTime = (a: AuditEntry, b: AuditEntry): number => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0);
