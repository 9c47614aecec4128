import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { RehearsalError } from "../errors.ts";
import type { ProjectFile } from "../stack-config/project-file.ts";

/** A Pulumi program: it declares resources and returns the stack's outputs. */
export type Program = () => unknown;

/**
 * Finds and imports a program as the language host does (pulumi/pulumi, sdk/nodejs/cmd/run/run.ts): `main` of
 * Pulumi.yaml, then `main` of package.json, then index.ts or index.js.
 *
 * @throws RehearsalError when there is none, or when its default export is not a function: a module is evaluated once
 *   in a process, so only a function can be recorded for several stacks.
 */
export async function loadProgram(project: ProjectFile, given: string | undefined): Promise<Program> {
  const file = given === undefined ? entryPoint(project) : resolve(given);
  const module = (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
  const program = module["default"];
  if (typeof program === "function") return program as Program;
  throw new RehearsalError(
    `${file}: its default export is ${typeof program}; write "export default async () => { ...; return outputs }"`,
  );
}

function entryPoint(project: ProjectFile): string {
  const directory = dirname(project.file);
  const main = project.main ?? mainOfPackage(directory) ?? ".";
  const path = join(directory, main);
  if (!existsSync(path)) throw new RehearsalError(`${project.file}: there is no program at "${main}"`);
  if (!statSync(path).isDirectory()) return path;
  const names = ["index.js", "index.mjs", "index.ts", "index.mts"];
  const file = names.map((name) => join(path, name)).find(existsSync);
  if (file === undefined) throw new RehearsalError(`${path}: no program; expected one of ${names.join(", ")}`);
  return file;
}

function mainOfPackage(directory: string): string | undefined {
  const file = join(directory, "package.json");
  if (!existsSync(file)) return undefined;
  const { main } = JSON.parse(readFileSync(file, "utf8")) as { readonly main?: unknown };
  return typeof main === "string" ? main : undefined;
}
