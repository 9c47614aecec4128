import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import which from "which";

import { git, platformAuthor, short } from "../../recovery/git.ts";
import type { AuditedCommit } from "../sources/commits.ts";

import type { Break, CheckResult } from "./model.ts";
import type { WrittenRecord } from "./records.ts";

/**
 * Whether each commit that says it is the platform's has a record: records are signed, so they say which commits are.
 * @param since only commits from then on: before, nothing was signed; undefined: nothing ever was
 * @param sound records whose signatures hold
 */
export function attested(
  commits: readonly AuditedCommit[],
  sound: readonly WrittenRecord[],
  since: Date | undefined,
): CheckResult {
  const known = new Set(sound.flatMap(({ about, fields }) => [about, String(fields["commit"])]));
  const own = commits.filter(({ author, time }) => {
    return since !== undefined && author.endsWith(`<${platformAuthor.email}>`) && time >= since;
  });
  const breaks = own.flatMap(({ id, subject }): Break[] => {
    if (known.has(id)) return [];
    const where = `commit ${short(id)} "${subject}"`;
    return [{ check: "commit", where, expected: "a signed record of the platform's commit", found: "none" }];
  });
  return { name: "the platform's commits have records", counts: [`${own.length} commits of the platform`], breaks };
}

/** The letters of `%G?` in git-log(1). */
const states: Readonly<Record<string, string>> = {
  G: "with a good signature",
  U: "signed by a key that nobody vouches for",
  X: "with a signature that has expired",
  Y: "signed by a key that has expired",
  R: "signed by a key that was revoked",
  E: "signed, and not checked: the key is not known here",
  N: "not signed",
};

/**
 * Git's own signatures of commits: a bad one is a break, others are counted.
 * @param signers text of the file of allowed signers; undefined where there is none
 */
export async function commitSignatures(
  repository: string,
  commits: readonly AuditedCommit[],
  signers: string | undefined,
): Promise<{ readonly check: CheckResult; readonly warnings: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), "gitops-signers-"));
  try {
    const file = join(folder, "allowed_signers");
    await writeFile(file, signers ?? "", { mode: 0o600 });
    const input = commits.map(({ id }) => `${id}\n`).join("");
    const setting = `gpg.ssh.allowedSignersFile=${file}`;
    const args = ["-c", setting, "log", "--no-walk=unsorted", "--stdin", "--format=%H %G?"];
    const text = commits.length === 0 ? "" : await git(repository, args, { input });
    const counts = new Map<string, number>();
    const breaks: Break[] = [];
    for (const line of text.split("\n").filter((one) => one !== "")) {
      const [id = "", state = "N"] = line.split(" ");
      if (state === "B") {
        const where = `commit ${short(id)}`;
        breaks.push({ check: "commit", where, expected: "a signature that fits its content", found: "a bad one" });
      } else counts.set(state, (counts.get(state) ?? 0) + 1);
    }
    const words = [...counts].map(([state, count]) => `${count} ${states[state] ?? `in state ${state}`}`);
    const missing = counts.has("E") && (await which("ssh-keygen", { nothrow: true })) === null;
    const warnings = missing
      ? ["signatures of commits by SSH keys were not checked: ssh-keygen is not on the PATH"]
      : [];
    const check = { name: "signatures of commits hold", counts: words.length === 0 ? ["0 commits"] : words, breaks };
    return { check, warnings };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
