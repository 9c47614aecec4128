import { environmentNames } from "../../../infra/environments.ts";
import { oneLine } from "../../recovery/context.ts";
import { trailerNames } from "../../recovery/trailers.ts";
import type { AuditKind } from "../kinds.ts";
import type { AuditEntry } from "../model.ts";

import type { AuditedCommit } from "./commits.ts";
import { listedFiles } from "./lists.ts";

/** What a commit says by itself: the one or more things that it did. Lists (freezes, waivers) are read in lists.ts. */
export function commitEntries(commit: AuditedCommit): readonly AuditEntry[] {
  return [...main(commit), ...approvals(commit)];
}

function main(commit: AuditedCommit): AuditEntry[] {
  const kind = kindByTrailers(commit);
  if (kind !== undefined) {
    const named = of(commit, trailerNames.application);
    return [entry(commit, kind, { applications: named, environments: of(commit, trailerNames.environment) })];
  }
  if (commit.parents.length > 1)
    return [entry(commit, "merge", { applications: [], environments: commit.environments })];
  const found: AuditEntry[] = [];
  const touched = applicationsIn(commit.files);
  if (touched.size > 0) {
    const scopes = [...touched.values()].flat();
    const environments = scopes.includes("all") ? commit.environments : overlap(scopes, commit.environments);
    found.push(entry(commit, "change", { applications: names(touched), environments }));
  }
  const others = commit.files.filter((file) => !listedFiles.includes(file));
  const everywhere = { applications: [], environments: commit.environments };
  if (others.some((file) => /^(infra\/|Pulumi[^/]*\.yaml$)/.test(file))) {
    found.push(entry(commit, "infrastructure", everywhere));
  }
  if (others.some((file) => file.startsWith("policies/"))) found.push(entry(commit, "policy", everywhere));
  return found;
}

function kindByTrailers({ trailers }: AuditedCommit): AuditKind | undefined {
  if (trailers.has(trailerNames.emergency)) return "emergency";
  if (trailers.has(trailerNames.rolledBackFrom)) return "rollback";
  if (trailers.has(trailerNames.degradedMode)) return "degraded-mode";
  return trailers.has(trailerNames.promotedFrom) ? "promotion" : undefined;
}

const of = ({ trailers }: AuditedCommit, name: string): readonly string[] => trailers.get(name) ?? [];

const names = (touched: ReadonlyMap<string, unknown>): readonly string[] =>
  [...touched.keys()].filter((name) => name !== shared).sort();

/** Applications and, for each, the environments whose overlay was changed; `all` for what they share. */
function applicationsIn(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const file of files) {
    const [, name, part, overlay] = /^apps\/([^/]+)\/(?:(overlays)\/([^/]+)\/)?/.exec(file) ?? [];
    if (name === undefined) continue;
    const scope = name !== shared && part !== undefined && overlay !== undefined ? overlay : "all";
    found.set(name, [...(found.get(name) ?? []), scope]);
  }
  return found;
}

/** The folder under apps/ whose parts the applications share. */
const shared = "components";

/** What an overlay is about, as far as the branch has it; one that is not promoted yet counts where it lies. */
function overlap(scopes: readonly string[], branches: readonly string[]): readonly string[] {
  const both = environmentNames.filter((name) => scopes.includes(name) && branches.includes(name));
  return both.length > 0 ? both : branches;
}

function entry(commit: AuditedCommit, kind: AuditKind, about: Pick<AuditEntry, "applications" | "environments">) {
  const [asked] = of(commit, trailerNames.requestedBy);
  const [said] = [...of(commit, trailerNames.emergency), ...of(commit, trailerNames.reason)];
  const why = oneLine(said ?? commit.body);
  return {
    time: commit.time.toISOString(),
    kind,
    who: oneLine(asked ?? commit.author),
    ...about,
    what: oneLine(commit.subject),
    why: why === "" ? null : why,
    evidence: [{ type: "commit", id: commit.id }],
  } satisfies AuditEntry;
}

/** People named by the trailers that Git's own tools and hosts write. */
function approvals(commit: AuditedCommit): AuditEntry[] {
  const people = [...of(commit, "Approved-by"), ...of(commit, "Reviewed-by")];
  const touched = applicationsIn(commit.files);
  const about = { applications: names(touched), environments: commit.environments };
  return people.map((who) => ({ ...entry(commit, "approval", about), who: oneLine(who), why: null }));
}
