import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { execa } from "execa";
import semver from "semver";
import which from "which";
import { z } from "zod";

import { goEnvironment } from "./go-environment.ts";
import { leastGoVersion } from "./go-module.ts";
import { toolFolders } from "./manifest.ts";
import { toolsDirectory } from "./recipe.ts";

/** A program that must be on the machine before anything can be built or run. */
export interface Prerequisite {
  readonly name: "Node.js" | "Go" | "git";
  /** A range of versions, such as ">=1.26.3". */
  readonly wanted: string;
  /** As the program tells it; undefined when there is no such program on PATH. */
  readonly found: string | undefined;
  /** Where to get it. */
  readonly from: string;
}

export interface PrerequisiteOptions {
  /** Where to look for programs. Default: PATH. */
  readonly path?: string;
  /** Default: the running Node.js. */
  readonly nodeVersion?: string;
}

/** Something is missing or too old; the message tells all of it at once. */
export class PrerequisitesError extends Error {
  override readonly name = "PrerequisitesError";
  constructor(readonly missing: readonly Prerequisite[]) {
    super(describeMissing(missing));
  }
}

/** The first git with `git init --initial-branch`, which makes the local repository. */
const leastGit = "2.28.0";

/** Looks for everything the platform needs. Returns what was found; throws a `PrerequisitesError` naming all that is not. */
export async function checkPrerequisites(options: PrerequisiteOptions = {}): Promise<readonly Prerequisite[]> {
  const path = options.path ?? process.env["PATH"] ?? "";
  const all: readonly Prerequisite[] = [
    {
      name: "Node.js",
      wanted: await nodeRange(),
      found: options.nodeVersion ?? process.versions.node,
      from: "https://nodejs.org/en/download",
    },
    {
      name: "Go",
      wanted: `>=${await leastGo()}`,
      found: await versionOf("go", ["version"], path),
      from: "https://go.dev/doc/install",
    },
    {
      name: "git",
      wanted: `>=${leastGit}`,
      found: await versionOf("git", ["--version"], path),
      from: "https://git-scm.com/downloads",
    },
  ];
  const missing = all.filter((one) => !isSatisfied(one));
  if (missing.length > 0) throw new PrerequisitesError(missing);
  return all;
}

/** Whether the found version is in the wanted range. A release candidate counts as its release. */
export function isSatisfied({ found, wanted }: Pick<Prerequisite, "found" | "wanted">): boolean {
  const version = found === undefined ? null : semver.coerce(found);
  return version !== null && semver.satisfies(version, wanted);
}

/** One line for each, then what to do. */
export function describeMissing(missing: readonly Prerequisite[]): string {
  const lines = missing.map(
    ({ name, wanted, found, from }) =>
      `  ${name} ${wanted}: found ${found === undefined ? "none on PATH" : `"${found}"`}; get it from ${from}`,
  );
  return `this machine lacks what the local platform needs:\n${lines.join("\n")}\ninstall ${missing.length === 1 ? "it" : "them"} and start again`;
}

async function versionOf(program: string, args: readonly string[], path: string): Promise<string | undefined> {
  const file = await which(program, { path, nothrow: true });
  if (file === null) return undefined;
  const { stdout, failed, shortMessage } = await execa(file, args, { env: goEnvironment(), reject: false });
  if (failed) return shortMessage;
  // "go version go1.26.8 linux/amd64", "git version 2.39.5"
  return /\d+\.\d+(?:\.\d+)?[^\s]*/.exec(stdout)?.[0] ?? stdout;
}

async function nodeRange(): Promise<string> {
  const file = new URL("../../package.json", import.meta.url);
  return z.object({ engines: z.object({ node: z.string() }) }).parse(JSON.parse(await readFile(file, "utf8"))).engines
    .node;
}

/** The highest `go` line of all tools. */
async function leastGo(): Promise<string> {
  const versions = await Promise.all(toolFolders.map((folder) => leastGoVersion(join(toolsDirectory, folder))));
  const highest = versions
    .map((version) => semver.coerce(version, { rtl: false }))
    .reduce((a, b) => (a && b && semver.gt(b, a) ? b : a), semver.coerce("0"));
  return highest?.version ?? "0.0.0";
}
