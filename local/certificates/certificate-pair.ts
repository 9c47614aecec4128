import { X509Certificate, createPrivateKey } from "node:crypto";

import { readTextIfThere, writeSecretFile } from "./secret-file.ts";

/** A certificate and its key. */
export interface CertificatePair {
  /** PEM. */
  readonly certificate: string;
  /** PKCS #8, PEM. */
  readonly key: string;
  readonly certificatePath: string;
  readonly keyPath: string;
}

/** What a kept certificate must fulfil to be used again. */
export interface Requirements {
  /** As in a certificate, one relative name a line: `O=group\nCN=user`. */
  readonly subject: string;
  /** As node:crypto prints them: `DNS:localhost, IP Address:127.0.0.1`. */
  readonly alternativeNames?: string;
  /** PEM of the authority; none for one that signs itself. */
  readonly issuer?: string;
  /** Renewed when fewer days are left. */
  readonly renewWithinDays: number;
}

/** Reads the pair at `<base>.crt` and `<base>.key`, or makes and writes it when it is missing or of no more use. */
export async function keepPair(
  base: string,
  requirements: Requirements,
  make: () => Promise<{ certificate: string; key: string }>,
): Promise<CertificatePair> {
  const paths = { certificatePath: `${base}.crt`, keyPath: `${base}.key` };
  const [certificate, key] = [await readTextIfThere(paths.certificatePath), await readTextIfThere(paths.keyPath)];
  if (certificate !== undefined && key !== undefined && fulfils(certificate, key, requirements)) {
    return { certificate, key, ...paths };
  }
  const made = await make();
  await writeSecretFile(paths.keyPath, made.key);
  await writeSecretFile(paths.certificatePath, made.certificate);
  return { ...made, ...paths };
}

function fulfils(pem: string, key: string, requirements: Requirements): boolean {
  try {
    const certificate = new X509Certificate(pem);
    const issuer = new X509Certificate(requirements.issuer ?? pem);
    const daysLeft = (Date.parse(certificate.validTo) - Date.now()) / 86_400_000;
    return (
      daysLeft >= requirements.renewWithinDays &&
      Date.parse(certificate.validFrom) <= Date.now() &&
      certificate.subject === requirements.subject &&
      (certificate.subjectAltName ?? "") === (requirements.alternativeNames ?? "") &&
      certificate.checkPrivateKey(createPrivateKey(key)) &&
      certificate.verify(issuer.publicKey)
    );
  } catch {
    // A crash left half a file, or somebody edited it: a new pair is the repair.
    return false;
  }
}
