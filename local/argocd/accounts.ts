import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Layout } from "../layout.ts";

/** A person's account of the local Argo CD. */
export interface LocalAccount {
  readonly name: string;
  /** The SSO group whose roles the account has. */
  readonly group: string;
}

/**
 * One account for each kind of person. The last is not called "admin": that is Argo CD's built-in account, which
 * is above all RBAC and switched off here.
 */
export const defaultAccounts: readonly LocalAccount[] = [
  { name: "viewer", group: "gitops-viewer" },
  { name: "deployer", group: "gitops-deployer" },
  { name: "administrator", group: "gitops-admin" },
];

/** The file, mode 0600, that holds the account's password and nothing else. */
export function passwordFile(layout: Layout, account: string): string {
  return join(layout.argocd, `${account}.password`);
}

/** Reads a secret from `file`; the first time makes it up (192 random bits) and writes it with mode 0600. */
export async function readOrCreateSecret(file: string): Promise<string> {
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const secret = randomBytes(24).toString("base64url");
  // "wx": of two starts at once the second fails instead of giving the account another password.
  await writeFile(file, `${secret}\n`, { mode: 0o600, flag: "wx" });
  return secret;
}

/** The accounts' passwords in clear text, by account. At most 32 characters, as Argo CD's own pattern asks. */
export async function readPasswords(
  layout: Layout,
  accounts: readonly LocalAccount[],
): Promise<Readonly<Record<string, string>>> {
  const entries = await Promise.all(
    accounts.map(async ({ name }) => [name, await readOrCreateSecret(passwordFile(layout, name))] as const),
  );
  return Object.fromEntries(entries);
}
