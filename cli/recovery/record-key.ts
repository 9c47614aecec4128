import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

import { tryGit } from "./git.ts";
import { recordSigner } from "./record-signature.ts";
import type { RecordSigner } from "./record-signature.ts";
import type { Workspace } from "./workspace.ts";

/** The variable with the key itself, for machines that keep secrets in their environment. */
export const recordKeyVariable = "GITOPS_RECORD_KEY";

/** The setting of Git with the path of the file that has the key. */
export const recordKeySetting = "gitops.recordKey";

/**
 * Who signs the records of a workspace: the key in the environment, else that of Git's configuration (a person's own),
 * else that of the platform. Undefined where there is none.
 * @throws Error that says where the key comes from and how to mend it
 */
export async function signerOf(workspace: Workspace): Promise<RecordSigner | undefined> {
  const pem = process.env[recordKeyVariable];
  if (pem) return read(`${recordKeyVariable}`, () => Promise.resolve(pem));
  const { repository } = workspace;
  const setting = await tryGit(repository, ["config", "--type=path", "--get", recordKeySetting]);
  const file = setting.ok ? resolve(repository, setting.stdout.trim()) : workspace.recordKey;
  return file === undefined ? undefined : read(`"${file}"`, () => readFile(file, "utf8"));
}

async function read(where: string, content: () => Promise<string>): Promise<RecordSigner> {
  try {
    return recordSigner(await content());
  } catch (error) {
    throw new Error(
      `the key that signs records, ${where}, cannot be used: ${(error as Error).message}. ` +
        `Make one with: openssl genpkey -algorithm ed25519 -out <file>, and: git config ${recordKeySetting} <file>`,
    );
  }
}
