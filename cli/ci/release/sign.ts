import { execa } from "execa";

import { checkImage } from "./image.ts";
import type { Image } from "./image.ts";

/** Issuer of the identities of GitHub Actions (sigstore/cosign, README.md: keyless signing). */
export const issuer = "https://token.actions.githubusercontent.com";

/**
 * Signs an image with the identity of the workflow (keyless: no key to keep or to lose), and verifies what it signed.
 * By digest: a tag could be moved between push and signature.
 * @param identity of the workflow: its file with its ref, as Fulcio writes it into the certificate
 * @throws when cosign is missing, refuses, or does not find the signature afterwards
 */
export async function signImage(image: Image, identity: string): Promise<void> {
  const { name, digest } = checkImage(image);
  const reference = `${name}@${digest}`;
  await execa("cosign", ["sign", "--yes", reference], { stdio: "inherit" });
  await execa(
    "cosign",
    ["verify", "--certificate-identity", identity, "--certificate-oidc-issuer", issuer, reference],
    { stdio: "inherit" },
  );
}
