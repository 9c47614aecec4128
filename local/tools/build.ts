import { access, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { execa } from "execa";

import { copyWritable } from "./copy-writable.ts";
import { goEnvironment } from "./go-environment.ts";
import { patchModule } from "./patched-module.ts";
import type { Recipe } from "./recipe.ts";
import { runGo } from "./run-go.ts";

/** How much of the log an error shows. */
const shownLines = 20;

/** A build that Go refused, with the end of what Go said. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}

/**
 * Builds every binary of a folder into `<into>/bin` and copies the files it carries along into `<into>/files`.
 *
 * Can be ended and repeated: Go keeps what it has downloaded and compiled in its own caches. Throws a `BuildError`, or
 * the signal's reason.
 */
export async function build(recipe: Recipe, into: string, log: string, signal: AbortSignal): Promise<void> {
  const temporary = join(into, "tmp");
  const bin = join(into, "bin");
  await mkdir(temporary, { recursive: true });
  await mkdir(bin, { recursive: true });
  await writeFile(log, "");

  const binaries = Object.entries(recipe.spec.binaries);
  // One command for all packages of a module: what they share is then planned and compiled once. Given a folder, Go
  // names each binary after its package; the name of a single one can be chosen.
  const output = binaries.length === 1 ? join(bin, ...binaries.map(([name]) => name)) : `${bin}/`;
  const packages = binaries.map(([, binary]) => binary.package);
  const args = ["build", ...recipe.flags, ...(await patchFlags(recipe, temporary)), "-o", output, ...packages];
  // A folder may carry files alone.
  if (packages.length > 0) {
    const exitCode = await runGo(args, { directory: recipe.directory, log, temporary, signal });
    if (exitCode !== 0) throw await buildError(recipe, log, exitCode);
  }
  for (const [name] of binaries) await access(join(bin, name));

  await copyFiles(recipe, join(into, "files"));
  await rm(temporary, { recursive: true, force: true });
}

async function copyFiles(recipe: Recipe, target: string): Promise<void> {
  const files = recipe.spec.files ?? [];
  if (files.length === 0) return;
  const moduleDirectory = await fetchModule(recipe);
  for (const file of files) await copyWritable(join(moduleDirectory, file), join(target, file));
}

async function patchFlags(recipe: Recipe, temporary: string): Promise<readonly string[]> {
  const { spec, directory } = recipe;
  if (spec.replacements === undefined) return [];
  const into = join(temporary, "patched");
  await mkdir(into);
  const source = await fetchModule(recipe);
  return patchModule({ module: spec.module, source, directory, replacements: spec.replacements, into });
}

/** The directory of the folder's module, downloaded if it is not there yet. */
async function fetchModule({ spec, directory, version }: Recipe): Promise<string> {
  const { stdout } = await execa("go", ["mod", "download", "-json", `${spec.module}@${version}`], {
    cwd: directory,
    env: goEnvironment(),
  });
  return (JSON.parse(stdout) as { readonly Dir: string }).Dir;
}

async function buildError(recipe: Recipe, log: string, exitCode: number | undefined): Promise<BuildError> {
  const lines = (await readFile(log, "utf8")).trimEnd().split("\n").slice(-shownLines);
  return new BuildError(
    `building "${recipe.folder}" ${recipe.version} failed (${exitCode === undefined ? "go was killed" : `go ended with ${exitCode}`}).\n` +
      `the last lines of ${log}:\n${lines.map((line) => `  ${line}`).join("\n")}\n` +
      `mend what they name (network, disk space, Go installation) and start again: what is built so far is kept`,
  );
}
