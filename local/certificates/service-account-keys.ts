import { createPrivateKey, createPublicKey } from "node:crypto";
import { join } from "node:path";

import type { Layout } from "../layout.ts";

import { newKeyPair, privateKeyPem } from "./key-pairs.ts";
import { keepSecretFile, readTextIfThere, writeSecretFile } from "./secret-file.ts";

/** The key pair that signs the tokens of service accounts (ES256). Kept until the platform is purged. */
export interface ServiceAccountKeys {
  readonly privatePath: string;
  readonly publicPath: string;
}

export async function serviceAccountKeys(layout: Layout): Promise<ServiceAccountKeys> {
  const privatePath = join(layout.certificates, "service-account.key");
  const publicPath = join(layout.certificates, "service-account.pub");
  const kept = publicHalf(await readTextIfThere(privatePath));
  if (kept !== undefined) {
    await keepSecretFile(publicPath, kept);
  } else {
    const pem = await privateKeyPem((await newKeyPair()).privateKey);
    await writeSecretFile(privatePath, pem);
    await writeSecretFile(publicPath, publicHalf(pem) ?? "");
  }
  return { privatePath, publicPath };
}

/** Undefined when there is no key, or half of one. */
function publicHalf(pem: string | undefined): string | undefined {
  try {
    return createPublicKey(createPrivateKey(pem ?? ""))
      .export({ type: "spki", format: "pem" })
      .toString();
  } catch {
    return undefined;
  }
}
