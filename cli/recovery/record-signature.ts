import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";

/** Signs records; docs/decisions/0005-signed-records.md says why in this way. */
export interface RecordSigner {
  readonly privateKey: KeyObject;
  /** As OpenSSH writes it: `ssh-ed25519 AAAA...`. */
  readonly publicKey: string;
}

const type = "ssh-ed25519";

/** A length and the bytes, as all fields of a key of OpenSSH are (RFC 4251, section 5, "string"). */
function field(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** The public part of an Ed25519 key in the format of RFC 8709, section 4. */
export function openSshKey(key: KeyObject): string {
  const { x = "" } = createPublicKey(key).export({ format: "jwk" });
  const blob = Buffer.concat([field(Buffer.from(type)), field(Buffer.from(x, "base64url"))]);
  return `${type} ${blob.toString("base64")}`;
}

/** The opposite of `openSshKey`; undefined for what is no Ed25519 key. */
export function parseOpenSshKey(text: string): KeyObject | undefined {
  const blob = Buffer.from(text.split(" ")[1] ?? "", "base64");
  const head = Buffer.concat([field(Buffer.from(type)), Buffer.from([0, 0, 0, 32])]);
  if (blob.length !== head.length + 32 || !blob.subarray(0, head.length).equals(head)) return undefined;
  const x = blob.subarray(head.length).toString("base64url");
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
}

/**
 * A signer from a private key.
 * @param pem PKCS #8, not encrypted
 * @throws Error when it is none, or of another kind than Ed25519
 */
export function recordSigner(pem: string): RecordSigner {
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType === "ed25519") return { privateKey, publicKey: openSshKey(privateKey) };
  throw new Error(`it is a key of the kind ${privateKey.asymmetricKeyType}; allowed is ed25519`);
}

/** JSON with the names of each object in order, so that the same content has the same bytes. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, content]) => content !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, content]) => `${JSON.stringify(name)}:${canonical(content)}`).join(",")}}`;
}

/** With the commit that the record is about: a line that is moved to another note is another one. */
function payload(about: string, { signature: _, ...record }: Readonly<Record<string, unknown>>): Buffer {
  return Buffer.from(`gitops-record-v1\n${about}\n${canonical(record)}\n`);
}

/** The record with the fields `key` and `signature` (base64). */
export function signedRecord<T extends object>(
  { privateKey, publicKey }: RecordSigner,
  about: string,
  record: T,
): T & { readonly key: string; readonly signature: string } {
  const named = { ...record, key: publicKey };
  return { ...named, signature: sign(null, payload(about, named), privateKey).toString("base64") };
}

/**
 * Whether the signature of a record fits its `key`, the commit that it is about, and all its other fields.
 * @param record as JSON.parse gave it: what a schema leaves out is signed as well
 */
export function hasValidSignature(about: string, record: Readonly<Record<string, unknown>>): boolean {
  const { key, signature } = record;
  if (typeof key !== "string" || typeof signature !== "string") return false;
  const publicKey = parseOpenSshKey(key);
  return publicKey !== undefined && verify(null, payload(about, record), publicKey, Buffer.from(signature, "base64"));
}
