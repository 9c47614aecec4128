import { webcrypto } from "node:crypto";

import { PemConverter } from "@peculiar/x509";

/** ECDSA on P-256: what Kubernetes, etcd and every TLS library accept, and quick to make. */
export const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

export async function newKeyPair(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

/** PKCS #8, PEM. */
export async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  return `${PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY")}\n`;
}

/** SubjectPublicKeyInfo, PEM. */
export async function publicKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  return `${PemConverter.encode(await webcrypto.subtle.exportKey("spki", key), "PUBLIC KEY")}\n`;
}

/** @throws Error when the text is not a PKCS #8 key of `algorithm` */
export async function readPrivateKey(pem: string): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey("pkcs8", PemConverter.decodeFirst(pem), algorithm, false, ["sign"]);
}
