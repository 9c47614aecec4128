import { generateKeyPairSync } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { repositoryUrl } from "../git/bare-repository.ts";
import { layout } from "../layout.ts";
import type { Layout } from "../layout.ts";

/** The file, mode 0600, with the key by which this platform signs the records of deployments (PKCS #8, Ed25519). */
export const recordKeyFile = ({ directory }: Layout): string => join(directory, "receiver", "record-key.pem");

/** Makes the key the first time. Idempotent; of two that do it at once the first wins. */
export async function ensureRecordKey(platform: Layout): Promise<string> {
  const file = recordKeyFile(platform);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ format: "pem", type: "pkcs8" });
  await writeFile(file, pem, { mode: 0o600, flag: "wx" }).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
    await readFile(file);
  });
  return file;
}

/** As `recordKeyFile`, of the platform whose Git host has that address; undefined for another host, or without a key. */
export function recordKeyOf(url: string): string | undefined {
  const platform = url.startsWith("file:") ? layout(dirname(dirname(fileURLToPath(url)))) : undefined;
  if (platform === undefined || repositoryUrl(platform) !== url) return undefined;
  const file = recordKeyFile(platform);
  return existsSync(file) ? file : undefined;
}
