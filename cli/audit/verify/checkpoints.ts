import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { git, short, tryGit } from "../../recovery/git.ts";
import { isAncestor } from "../../recovery/history.ts";
import type { Repository } from "../../repository/open.ts";

import type { Break, CheckResult } from "./model.ts";

/** What is verified: the notes or a branch, and where they are now; undefined where they are gone. */
export interface Head {
  /** `notes`, or the name of a branch. */
  readonly name: string;
  /** On the remote. */
  readonly ref: string;
  readonly commit: string | undefined;
}

/** A commit that was the newest one at some time, and who says so. */
interface Checkpoint {
  readonly commit: string;
  readonly by: string;
}

/** A clone remembers what it found sound, for each remote; its refs keep the commits too. */
const rememberedRef = ({ url }: Repository, name: string): string =>
  `refs/gitops/verified/${createHash("sha256").update(url).digest("hex").slice(0, 12)}/${name}`;

/**
 * Whether everything that was ever the newest commit is still in the history: of the user's own checkpoints, of those
 * that this clone remembers, and of the log that the Git host of a local platform keeps of its refs.
 */
export async function checkpoints(
  repository: Repository,
  heads: readonly Head[],
  expected: ReadonlyMap<string, readonly string[]>,
): Promise<CheckResult> {
  const breaks: Break[] = [];
  const seen = { given: 0, remembered: 0, logged: 0 };
  for (const head of heads) {
    const given = (expected.get(head.name) ?? []).map((commit) => ({ commit, by: "--expect" }));
    const remembered = await rememberedOf(repository, head);
    const logged = await loggedBy(repository, head);
    seen.given += given.length;
    seen.remembered += remembered.length;
    seen.logged += logged.length;
    for (const { commit, by } of distinct([...given, ...remembered, ...logged])) {
      if (head.commit !== undefined && (await isAncestor(repository.repository, commit, head.commit))) continue;
      const found = head.commit === undefined ? `no ${head.ref}` : `${short(head.commit)}, which does not build on it`;
      breaks.push({ check: "checkpoint", where: head.name, expected: `${commit} in its history (${by})`, found });
    }
  }
  const counts = [
    `${heads.length} histories`,
    `${seen.given} commits given`,
    `${seen.remembered} remembered by this clone`,
    `${seen.logged} logged by the Git host`,
  ];
  return { name: "no history is rewritten", counts, breaks };
}

/** Remembers heads for the next time; to be called when nothing was broken. */
export async function remember(repository: Repository, heads: readonly Head[]): Promise<void> {
  for (const { name, commit } of heads) {
    if (commit !== undefined) await git(repository.repository, ["update-ref", rememberedRef(repository, name), commit]);
  }
}

async function rememberedOf(repository: Repository, { name }: Head): Promise<readonly Checkpoint[]> {
  const ref = rememberedRef(repository, name);
  const found = await tryGit(repository.repository, ["rev-parse", "--verify", "--quiet", ref]);
  return found.ok ? [{ commit: found.stdout.trim(), by: "remembered by this clone" }] : [];
}

/** The reflog of a remote that is a folder; other hosts show none. */
async function loggedBy({ url }: Repository, { ref }: Head): Promise<readonly Checkpoint[]> {
  const folder = url.startsWith("file:") ? fileURLToPath(url) : url;
  if (!folder.startsWith("/") || !existsSync(folder)) return [];
  const log = await tryGit(folder, ["log", "--walk-reflogs", "--format=%H", ref, "--"]);
  const commits = log.ok ? log.stdout.split("\n").filter((line) => line !== "") : [];
  return commits.map((commit) => ({ commit, by: "logged by the Git host" }));
}

function distinct(list: readonly Checkpoint[]): readonly Checkpoint[] {
  return [...new Map([...list].reverse().map((one) => [one.commit, one])).values()].reverse();
}
