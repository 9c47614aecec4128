import "reflect-metadata";
import { randomBytes, webcrypto } from "node:crypto";
import { join } from "node:path";

import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

import type { Layout } from "../layout.ts";

import { keepPair } from "./certificate-pair.ts";
import type { CertificatePair } from "./certificate-pair.ts";
import { algorithm, newKeyPair, privateKeyPem } from "./key-pairs.ts";

/**
 * The authorities of a platform. One a purpose, as kubeadm does it: whoever has a user's certificate must not be
 * able to open etcd with it, nor to pass for the API server's aggregation proxy, nor for a part of KEDA.
 */
export type AuthorityName = "ca" | "etcd-ca" | "front-proxy-ca" | "keda-ca";

const lifetimeDays = 3650;
const renewWithinDays = 400;

/** Certificates are valid from some minutes ago, for clocks that were set back. */
export const allowedSkewMilliseconds = 5 * 60_000;

/** The authority of that name, made at its first use and kept until the platform is purged. */
export async function authority(layout: Layout, name: AuthorityName): Promise<CertificatePair> {
  const commonName = `gitops-local-${name}`;
  return keepPair(join(layout.certificates, name), { subject: `CN=${commonName}`, renewWithinDays }, async () => {
    const keys = await newKeyPair();
    const certificate = await X509CertificateGenerator.createSelfSigned(
      {
        serialNumber: serialNumber(),
        name: [{ CN: [commonName] }],
        notBefore: new Date(Date.now() - allowedSkewMilliseconds),
        notAfter: new Date(Date.now() + lifetimeDays * 86_400_000),
        signingAlgorithm: algorithm,
        keys,
        extensions: [
          new BasicConstraintsExtension(true, 0, true),
          new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
          await SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
          await AuthorityKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
        ],
      },
      webcrypto,
    );
    return { certificate: `${certificate.toString("pem")}\n`, key: await privateKeyPem(keys.privateKey) };
  });
}

/** 16 random bytes, hexadecimal, positive and without a leading zero (RFC 5280, 4.1.2.2). */
export function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString("hex");
}
