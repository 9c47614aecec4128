import { environments } from "../../infra/environments.ts";
import type { Environment } from "../../infra/environments.ts";
import { tryGit } from "../recovery/git.ts";
import { fetchNotes, notesCopy, notesRef } from "../recovery/notes.ts";
import { fetchBranch } from "../recovery/workspace.ts";
import type { Repository } from "../repository/open.ts";

import type { AuditSource } from "./model.ts";

/** The branches of the environments and the notes, as the remote has them now. */
export interface Fetched {
  /** Newest commit by environment. */
  readonly tips: ReadonlyMap<Environment, string>;
  /** Newest commit of the notes; undefined where there are none. */
  readonly notes: string | undefined;
  /** Environments whose branch the remote does not have. */
  readonly gone: ReadonlySet<Environment>;
  /** What could not be fetched, for whatever reason. */
  readonly problems: readonly AuditSource[];
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Fetches what is to be read; what cannot be fetched is a problem, and no reason to tell nothing. */
export async function fetchAll(repository: Repository, wanted: readonly Environment[]): Promise<Fetched> {
  const tips = new Map<Environment, string>();
  const gone = new Set<Environment>();
  const problems: AuditSource[] = [];
  const failed = (name: string, error: unknown): void => {
    problems.push({ name, state: "failed", read: 0, problem: words(error) });
  };
  for (const environment of wanted) {
    const { branch } = environments[environment];
    await fetchBranch(repository, branch).then(
      (tip) => tips.set(environment, tip),
      (error: unknown) => {
        if (words(error).includes("couldn't find remote ref")) gone.add(environment);
        failed(`branch ${branch} (${environment})`, error);
      },
    );
  }
  const fetched = await fetchNotes(repository).then(
    () => true,
    (error: unknown) => {
      failed(notesRef, error);
      return false;
    },
  );
  const tip = await tryGit(repository.repository, ["rev-parse", "--verify", "--quiet", notesCopy]);
  return { tips, notes: fetched && tip.ok ? tip.stdout.trim() : undefined, gone, problems };
}
