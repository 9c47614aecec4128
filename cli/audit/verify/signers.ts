import { parseOpenSshKey } from "../../recovery/record-signature.ts";

/** Whose signatures count, in the format of ALLOWED SIGNERS in ssh-keygen(1); from the root of the repository. */
export const signersFile = "policies/allowed_signers";

/** Addresses by key (`ssh-ed25519 AAAA...`). */
export type Signers = ReadonlyMap<string, readonly string[]>;

/**
 * Reads a file of signers: `<address>[,<address>] [options] <type> <key> [comment]`.
 * @throws Error with the number of a line that is none; keys of other kinds than Ed25519 are for Git alone, and passed over
 */
export function parseSigners(text: string): Signers {
  const signers = new Map<string, readonly string[]>();
  for (const [index, line] of text.split("\n").entries()) {
    const words = line.trim().split(/\s+/);
    if (line.trim() === "" || line.trim().startsWith("#")) continue;
    const at = words.findIndex((word) => /^(ssh-|ecdsa-|sk-)/.test(word));
    const [principals = "", type = "", key = ""] = [words[0], words[at], words[at + 1]];
    if (at < 1 || key === "") {
      throw new Error(`line ${index + 1} is no signer; expected is: ann@example.com ssh-ed25519 AAAA...`);
    }
    if (type !== "ssh-ed25519") continue;
    const name = `${type} ${key}`;
    if (parseOpenSshKey(name) === undefined) throw new Error(`line ${index + 1}: "${key.slice(0, 20)}..." is no key`);
    signers.set(name, [...(signers.get(name) ?? []), ...principals.split(",")]);
  }
  return signers;
}

/** The address in `Name <address>`; the whole text where there is none. */
export const addressOf = (person: string): string => /<([^>]*)>\s*$/.exec(person)?.[1] ?? person.trim();
