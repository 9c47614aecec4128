import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

import { parse } from "yaml";

import { UsageError } from "../errors.ts";

/** A Pulumi project on disk. */
export interface Project {
  /** Absolute; holds Pulumi.yaml. */
  readonly directory: string;
  readonly name: string;
  /** Where its program starts, relative to the directory. */
  readonly entry: string;
  /** Stacks that have a file, sorted. */
  readonly stacks: readonly string[];
}

const endings = ["yaml", "yml", "json"] as const;

/**
 * The project at a folder, or at the nearest one above it.
 * @param given from `--directory`; without it the search starts in the current folder
 * @throws UsageError when there is none
 */
export function findProject(given: string | undefined): Project {
  const start = resolve(given ?? ".");
  for (let directory = start; ; directory = dirname(directory)) {
    const project = readProject(directory);
    if (project !== undefined) return project;
    if (given !== undefined || dirname(directory) === directory) break;
  }
  const where = given === undefined ? "here or above" : "in it";
  throw new UsageError(`"${start}": no Pulumi.yaml ${where}; run in a project or give --directory <path>`);
}

/** The project of a folder, or undefined when it holds none. */
export function readProject(directory: string): Project | undefined {
  const file = endings.map((ending) => join(directory, `Pulumi.${ending}`)).find((path) => existsSync(path));
  if (file === undefined) return undefined;
  const content = readMapping(file);
  const folder = join(directory, text(content["stackConfigDir"]) ?? ".");
  const found = existsSync(folder) ? readdirSync(folder) : [];
  return {
    directory,
    name: text(content["name"]) ?? basename(directory),
    entry: entryOf(directory, text(content["main"])),
    stacks: found.flatMap((name) => /^Pulumi\.(.+)\.(?:ya?ml|json)$/.exec(name)?.[1] ?? []).sort(),
  };
}

/** As the language host looks for it (pulumi/pulumi, sdk/nodejs/cmd/run/run.ts): Pulumi.yaml, package.json, index. */
function entryOf(directory: string, main: string | undefined): string {
  const manifest = join(directory, "package.json");
  const packaged = existsSync(manifest) ? text(readMapping(manifest)["main"]) : undefined;
  const path = main ?? packaged ?? ".";
  if (existsSync(join(directory, path)) && !statSync(join(directory, path)).isDirectory()) return path;
  const names = ["index.js", "index.mjs", "index.ts", "index.mts"].map((name) => join(path, name));
  const found = names.find((name) => existsSync(join(directory, name)));
  if (found !== undefined) return found;
  throw new UsageError(`"${directory}": no program at "${path}"; set "main" in Pulumi.yaml to the file it starts in`);
}

function readMapping(file: string): Readonly<Record<string, unknown>> {
  try {
    const content: unknown = parse(readFileSync(file, "utf8"));
    return typeof content === "object" && content !== null ? (content as Record<string, unknown>) : {};
  } catch (error) {
    throw new UsageError(`"${file}": cannot be read: ${(error as Error).message}`);
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
