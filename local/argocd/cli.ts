import { chmod, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import pRetry from "p-retry";
import { parse, stringify } from "yaml";

import { authority, keepSecretFile } from "../certificates/index.ts";
import { writeKubectl } from "../kubernetes/kubectl.ts";
import type { Layout } from "../layout.ts";

import type { LocalAccount } from "./accounts.ts";
import { readPasswords } from "./accounts.ts";
import { createSession } from "./session.ts";
import type { ArgocdTools } from "./tools.ts";

/** The CLI's configuration, mode 0600: one context for each account, named like it. */
export function cliConfigFile(layout: Layout): string {
  return join(layout.argocd, "cli", "config");
}

/** The program to type: the real `argocd`, logged in. */
export function argocdCommand(layout: Layout): string {
  return join(layout.bin, "argocd");
}

/** The account that the CLI uses unless told otherwise: it may approve a sync and nothing beyond. */
const defaultContext = "deployer";

async function currentContext(file: string, accounts: readonly LocalAccount[]): Promise<string> {
  const names = accounts.map(({ name }) => name);
  try {
    const chosen = (parse(await readFile(file, "utf8")) as Record<string, unknown> | null)?.["current-context"];
    if (typeof chosen === "string" && names.includes(chosen)) return chosen;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  return names.includes(defaultContext) ? defaultContext : (names[0] ?? "");
}

/**
 * Logs every account in and writes the CLI's configuration. The account that the user chose
 * (`argocd context viewer`) stays chosen.
 */
export async function logIn(
  layout: Layout,
  serverUrl: string,
  accounts: readonly LocalAccount[],
  signal?: AbortSignal,
): Promise<void> {
  const ca = (await authority(layout, "ca")).certificate;
  const passwords = await readPasswords(layout, accounts);
  const address = new URL(serverUrl).host;
  const users = await Promise.all(
    accounts.map(async ({ name }) => {
      const account = { username: name, password: passwords[name] ?? "" };
      // The server learns of new accounts by its watch of argocd-cm, which may lag behind our write.
      const login = () => createSession(serverUrl, ca, account, signal);
      const token = await pRetry(login, { retries: 8, minTimeout: 200, factor: 1.5, ...(signal ? { signal } : {}) });
      return { "name": name, "auth-token": token };
    }),
  );
  const file = cliConfigFile(layout);
  const config = {
    "current-context": await currentContext(file, accounts),
    "contexts": accounts.map(({ name }) => ({ name, server: address, user: name })),
    "servers": [{ "server": address, "grpc-web-root-path": "" }],
    "users": users,
  };
  await keepSecretFile(file, stringify(config));
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

async function script(file: string, lines: readonly string[]): Promise<void> {
  await rm(file, { force: true });
  await writeFile(file, ["#!/bin/sh", ...lines, ""].join("\n"), { mode: 0o755 });
  await chmod(file, 0o755);
}

/**
 * Writes `argocd` and `kubectl` into the platform's bin folder, set up for this platform, and links there what
 * repo-server looks for on PATH. The CLI verifies the server by the platform's authority: `certificate-authority-data`
 * of its configuration is "not yet implemented" (util/localconfig/localconfig.go), hence the flag.
 */
export async function writeCommands(layout: Layout, tools: ArgocdTools): Promise<void> {
  const ca = (await authority(layout, "ca")).certificatePath;
  await script(argocdCommand(layout), [
    "# The real argocd CLI. --argocd-context viewer|deployer|administrator chooses the account.",
    `exec ${quote(tools.argocd.path)} --config ${quote(cliConfigFile(layout))} --server-crt ${quote(ca)} "$@"`,
  ]);
  await writeKubectl(layout, tools.kubectl.path);
  const links = {
    "kustomize": tools.kustomize.path,
    "helm": tools.helm.path,
    "git-verify-wrapper.sh": fileURLToPath(new URL("bin/git-verify-wrapper.sh", import.meta.url)),
  };
  for (const [name, target] of Object.entries(links)) {
    const link = join(layout.bin, name);
    await rm(link, { force: true });
    await symlink(target, link);
  }
}
