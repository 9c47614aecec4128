import { generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { execa } from "execa";

import { addRecord } from "../../../cli/recovery/notes.ts";
import type { DeploymentRecord } from "../../../cli/recovery/notes.ts";
import { openSshKey } from "../../../cli/recovery/record-signature.ts";
import { at, makeRepositories, overlay, overlayFile } from "../recovery/repositories.ts";
import type { Repositories } from "../recovery/repositories.ts";

/** A key in a file, and its public part. */
export interface Key {
  readonly file: string;
  readonly publicKey: string;
}

/** A remote with three branches and records of the platform about two of its commits, all signed. */
export interface Recorded extends Repositories {
  /** Three commits of `main`, oldest first. */
  readonly ids: readonly string[];
  readonly platform: Key;
  /** Someone whose key is known, and someone whose key is not. */
  readonly ann: Key;
  readonly stranger: Key;
  /** File that names the platform and Ann. */
  readonly signers: string;
  /** Git in the remote itself, past all hooks: what a tamperer has. */
  readonly inRemote: (args: readonly string[], input?: string) => Promise<string>;
  /** A record about a commit, written as the commands do. */
  readonly record: (about: string, key: Key | undefined, more?: Partial<DeploymentRecord>) => Promise<void>;
}

/** An Ed25519 key as `openssl genpkey` writes it. */
export async function makeKey(folder: string, name: string): Promise<Key> {
  const { privateKey } = generateKeyPairSync("ed25519");
  const file = join(folder, `${name}.pem`);
  await writeFile(file, privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 });
  return { file, publicKey: openSshKey(privateKey) };
}

/** @param folder for keys */
export async function makeRecorded(folder: string): Promise<Recorded> {
  const git = await makeRepositories();
  const ids: string[] = [];
  for (const [index, version] of ["1", "2", "3"].entries()) {
    ids.push(await git.commit(`Release app ${version}`, { [overlayFile]: overlay(version) }, at(index * 60)));
  }
  for (const branch of ["develop", "release"]) await git.git("push", "--quiet", "origin", `HEAD:refs/heads/${branch}`);
  const [platform, ann, stranger] = [
    await makeKey(folder, "platform"),
    await makeKey(folder, "ann"),
    await makeKey(folder, "stranger"),
  ];
  const signers = join(folder, "signers");
  const known = `# who signs\nplatform@gitops.invalid ${platform.publicKey}\nann@example.com ${ann.publicKey} Ann\n`;
  await writeFile(signers, known);
  const record: Recorded["record"] = (about, key, more = {}) =>
    addRecord({ repository: git.clone, ...(key === undefined ? {} : { recordKey: key.file }) }, about, {
      version: 1,
      time: at(300).toISOString(),
      action: "deployed",
      application: "app",
      environment: "prod",
      revision: about,
      reason: "synced",
      ...more,
    });
  await record(ids[0] ?? "", platform, { outcome: "Succeeded", seconds: 3 });
  await record(ids[0] ?? "", platform, { action: "recovered" });
  await record(ids[1] ?? "", ann, { action: "approved", by: "Ann <ann@example.com>", time: at(400).toISOString() });
  await record(ids[1] ?? "", platform, { outcome: "Failed" });
  const identity = {
    GIT_AUTHOR_NAME: "T",
    GIT_COMMITTER_NAME: "T",
    GIT_AUTHOR_EMAIL: "t@x",
    GIT_COMMITTER_EMAIL: "t@x",
  };
  const inRemote: Recorded["inRemote"] = async (args, input) =>
    (await execa("git", args, { cwd: git.remote, env: identity, ...(input === undefined ? {} : { input }) })).stdout;
  return { ...git, ids, platform, ann, stranger, signers, inRemote, record };
}
