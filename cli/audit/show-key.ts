import { UsageError } from "../errors.ts";
import { platformAuthor, tryGit } from "../recovery/git.ts";
import { recordKeySetting, recordKeyVariable, signerOf } from "../recovery/record-key.ts";
import type { Repository } from "../repository/open.ts";
import { personOf } from "../repository/open.ts";

/**
 * The line of `policies/allowed_signers` for the key that signs what is recorded through a clone.
 * @throws UsageError when no key signs
 */
export async function signersLine(repository: Repository): Promise<string> {
  const signer = await signerOf(repository);
  if (signer === undefined) {
    throw new UsageError(
      `no key signs records here; make one with "openssl genpkey -algorithm ed25519 -out <file>", ` +
        `then "git config ${recordKeySetting} <file>"`,
    );
  }
  const own = await tryGit(repository.repository, ["config", "--get", recordKeySetting]);
  const isPersons = own.ok && !process.env[recordKeyVariable];
  const { email } = isPersons ? await personOf(repository.repository) : platformAuthor;
  return `${email} ${signer.publicKey}`;
}
