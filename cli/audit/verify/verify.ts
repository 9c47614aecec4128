import { createPrivateKey } from "node:crypto";
import { readFile } from "node:fs/promises";

import { environments } from "../../../infra/environments.ts";
import type { Environment } from "../../../infra/environments.ts";
import { UsageError } from "../../errors.ts";
import { platformAuthor } from "../../recovery/git.ts";
import { notesRef } from "../../recovery/notes.ts";
import { hasValidSignature, openSshKey } from "../../recovery/record-signature.ts";
import { fileAt } from "../../repository/files-at.ts";
import type { Repository } from "../../repository/open.ts";
import { fetchAll } from "../branches.ts";
import type { Fetched } from "../branches.ts";
import type { Period } from "../period.ts";
import { auditedCommits } from "../sources/commits.ts";
import { noteHistory } from "../sources/note-history.ts";

import { appendOnly } from "./append-only.ts";
import { checkpoints, remember } from "./checkpoints.ts";
import type { Head } from "./checkpoints.ts";
import { attested, commitSignatures } from "./commits.ts";
import type { VerifyDocument } from "./model.ts";
import { chain, signatures, writtenRecords } from "./records.ts";
import { parseSigners, signersFile } from "./signers.ts";

export interface VerifyArgs {
  readonly environments: readonly Environment[];
  /** Of the commits whose signatures are checked; notes and histories are checked wholly. */
  readonly period: Period;
  /** A file instead of the one on the branch of the last environment. */
  readonly allowedSigners: string | undefined;
  /** Commits that must be in a history, by its name. */
  readonly expected: ReadonlyMap<string, readonly string[]>;
}

/**
 * Checks that the trail was not tampered with; docs/decisions/0005 says what each check protects against. When nothing is
 * broken, the clone remembers the newest commits for the next time.
 * @throws UsageError for a file of signers that cannot be read
 */
export async function verify(repository: Repository, args: VerifyArgs): Promise<VerifyDocument> {
  const fetched = await fetchAll(repository, args.environments);
  const { tips, notes, problems } = fetched;
  const history = notes === undefined ? [] : await noteHistory(repository.repository, notes);
  const records = writtenRecords(history);
  const text = await signersText(repository, fetched, args);
  const signers = text === undefined ? undefined : parsed(text, args.allowedSigners);
  const commits = await auditedCommits(repository.repository, tips, args.period);
  const sound = records.filter(({ about, fields }) => {
    return hasValidSignature(about, fields) && (signers?.has(String(fields["key"])) ?? true);
  });
  const heads = headsOf(args.environments, fetched);
  const git = await commitSignatures(repository.repository, commits, text);
  const checks = [
    appendOnly(history),
    chain(records),
    signatures(records, signers),
    attested(commits, sound, sound[0] && new Date(String(sound[0].fields["time"]))),
    git.check,
    await checkpoints(repository, heads, args.expected),
  ];
  const breaks = checks.flatMap((check) => check.breaks);
  const warnings = [
    ...problems.map(({ name, problem }) => `${name} was not verified: ${problem ?? ""}`),
    ...(signers === undefined && records.length > 0
      ? [`nobody says whose signatures count: give --allowed-signers, or commit ${signersFile}`]
      : []),
    ...git.warnings,
  ];
  if (breaks.length === 0) await remember(repository, heads);
  const newest = heads.flatMap(({ name, commit }) => (commit === undefined ? [] : [[name, commit] as const]));
  const complete = problems.length === 0;
  return { version: 1, complete, checks, breaks, heads: Object.fromEntries(newest), warnings };
}

function headsOf(wanted: readonly Environment[], { tips, notes, gone, problems }: Fetched): readonly Head[] {
  // What did not answer is not gone.
  const branches = wanted.flatMap((environment): Head[] => {
    const name = environments[environment].branch;
    const commit = tips.get(environment);
    return commit === undefined && !gone.has(environment) ? [] : [{ name, ref: `refs/heads/${name}`, commit }];
  });
  const noted = problems.some(({ name }) => name === notesRef) ? [] : [{ name: "notes", ref: notesRef, commit: notes }];
  // Trunk-based teams have one branch for all.
  return [...noted, ...new Map(branches.map((head) => [head.name, head])).values()];
}

/** The given file, or that of the branch of the last environment, which reviews guard best; and the platform's own key. */
async function signersText(repository: Repository, { tips }: Fetched, args: VerifyArgs): Promise<string | undefined> {
  const { allowedSigners: file } = args;
  const tip = [...tips.values()].at(-1);
  const text =
    file === undefined
      ? tip === undefined
        ? undefined
        : await fileAt(repository.repository, tip, signersFile)
      : await readFile(file, "utf8").catch((error: unknown) => {
          throw new UsageError(`--allowed-signers "${file}": cannot be read: ${(error as Error).message}`);
        });
  const { recordKey } = repository;
  if (recordKey === undefined) return text;
  const key = openSshKey(createPrivateKey(await readFile(recordKey, "utf8")));
  return `${text ?? ""}\n${platformAuthor.email} ${key}\n`;
}

function parsed(text: string, file: string | undefined): ReturnType<typeof parseSigners> {
  try {
    return parseSigners(text);
  } catch (error) {
    throw new UsageError(
      `${file === undefined ? signersFile : `--allowed-signers "${file}"`}: ${(error as Error).message}`,
    );
  }
}
