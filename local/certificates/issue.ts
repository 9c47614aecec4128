import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { isIP } from "node:net";
import { join } from "node:path";

import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";

import type { Layout } from "../layout.ts";

import { allowedSkewMilliseconds, authority, serialNumber } from "./authority.ts";
import type { AuthorityName } from "./authority.ts";
import { keepPair } from "./certificate-pair.ts";
import type { CertificatePair } from "./certificate-pair.ts";
import { algorithm, newKeyPair, privateKeyPem, readPrivateKey } from "./key-pairs.ts";

const lifetimeDays = 365;
const renewWithinDays = 30;

/** A certificate to be signed by one of the platform's authorities. */
export interface Request {
  /** Below the folder of certificates, without extension. */
  readonly file: string;
  readonly authority: AuthorityName;
  readonly commonName: string;
  readonly organizations?: readonly string[];
  readonly usages: readonly ("server" | "client")[];
  /** DNS names and IP addresses that a server answers to. */
  readonly alternativeNames?: readonly string[];
}

/** The certificate for that request: the one kept, or a new one when it is near its end or the request changed. */
export async function issue(layout: Layout, request: Request): Promise<CertificatePair> {
  const issuer = await authority(layout, request.authority);
  const organizations = request.organizations ?? [];
  const names = request.alternativeNames ?? [];
  const requirements = {
    subject: [...organizations.map((name) => `O=${name}`), `CN=${request.commonName}`].join("\n"),
    alternativeNames: names.map((name) => `${isIP(name) === 0 ? "DNS" : "IP Address"}:${name}`).join(", "),
    issuer: issuer.certificate,
    renewWithinDays,
  };
  return keepPair(join(layout.certificates, request.file), requirements, async () => {
    const keys = await newKeyPair();
    const issuerCertificate = new X509Certificate(issuer.certificate);
    const certificate = await X509CertificateGenerator.create(
      {
        serialNumber: serialNumber(),
        subject: [...organizations.map((name) => ({ O: [name] })), { CN: [request.commonName] }],
        issuer: issuerCertificate.subjectName.toJSON(),
        notBefore: new Date(Date.now() - allowedSkewMilliseconds),
        notAfter: new Date(Date.now() + lifetimeDays * 86_400_000),
        signingAlgorithm: algorithm,
        publicKey: keys.publicKey,
        signingKey: await readPrivateKey(issuer.key),
        extensions: [
          new BasicConstraintsExtension(false, undefined, true),
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
          new ExtendedKeyUsageExtension(
            request.usages.map((usage) =>
              usage === "server" ? ExtendedKeyUsage.serverAuth : ExtendedKeyUsage.clientAuth,
            ),
          ),
          await SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
          await AuthorityKeyIdentifierExtension.create(issuerCertificate, false, webcrypto),
          ...(names.length === 0
            ? []
            : [
                new SubjectAlternativeNameExtension(
                  names.map((name) => ({ type: isIP(name) === 0 ? ("dns" as const) : ("ip" as const), value: name })),
                ),
              ]),
        ],
      },
      webcrypto,
    );
    return { certificate: `${certificate.toString("pem")}\n`, key: await privateKeyPem(keys.privateKey) };
  });
}
