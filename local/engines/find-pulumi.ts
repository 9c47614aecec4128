import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

import { execa } from "execa";
import which from "which";

import { projectDirectory } from "../layout.ts";

const npmFolder = join("node_modules", ".bin");

/**
 * The CLI that is on this machine: on PATH, else the one that the npm package `pulumi` has fetched before.
 * Quick, and fetches nothing.
 * @returns its path, `undefined` where there is none
 */
export async function installedPulumi(): Promise<string | undefined> {
  // npm puts the folder of its commands first on PATH; the `pulumi` in there only fetches the CLI.
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => !folder.endsWith(npmFolder));
  const onPath = await which("pulumi", { path: folders.join(delimiter), nothrow: true });
  if (onPath !== null) return onPath;
  const fetched = await fetchedPulumi();
  return which(fetched, { nothrow: true }).then((found) => found ?? undefined);
}

/**
 * The CLI, fetched with the npm package `pulumi` where this machine has none.
 * @throws an error that says how to get it when it cannot be fetched, for example without internet
 */
export async function findPulumi(onProgress: (line: string) => void): Promise<string> {
  const installed = await installedPulumi();
  if (installed !== undefined) return installed;
  const launcher = join(projectDirectory, npmFolder, "pulumi");
  if ((await stat(launcher).catch(() => undefined)) === undefined) {
    throw unavailable("there is no pulumi on PATH, and the npm package is not installed (`npm ci`)");
  }
  onProgress("fetching the Pulumi CLI");
  const { failed, all } = await execa(launcher, ["version"], { all: true, reject: false, stdin: "ignore" });
  const path = await fetchedPulumi();
  if (!failed && (await stat(path).catch(() => undefined)) !== undefined) return path;
  throw unavailable(`there is no pulumi on PATH, and the npm package could not fetch it:\n${all.trim()}\n`);
}

/** Where the npm package puts the CLI: `cacheDir` of pulumi 3.250.0, lib/cache.js, with `resolve` of lib/resolve.js. */
async function fetchedPulumi(): Promise<string> {
  const manifest = join(projectDirectory, "node_modules", "pulumi", "package.json");
  const text = await readFile(manifest, "utf8").catch(() => "{}");
  const { version = "none" } = JSON.parse(text) as { readonly version?: string };
  const home = process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi");
  return join(home, "versions", process.env["PULUMI_VERSION"] ?? version, "bin", "pulumi");
}

function unavailable(reason: string): Error {
  return new Error(
    `--engine "pulumi": ${reason}; install the CLI (https://www.pulumi.com/docs/install/) so that it is on PATH, ` +
      "or start with --engine rehearsal, which needs none",
  );
}
